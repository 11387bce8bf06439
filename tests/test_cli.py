"""The command line, as people run it."""

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import builders
import pytest

from nps.__main__ import main
from nps.chosen.watching import Watching
from nps.measures import lists
from nps.measures.lists import MayBuy

ANSWERS = "person,score,date\na,9,2025-03-01\nb,10,2025-03-01\nb,3,2025-03-02\nc,7,2025-03-01\nd,x,2025-03-01\n"
USAGE = "person,feature,date\na,Board,2025-02-01\na,Board,2024-02-01\n"


@pytest.fixture
def files(tmp_path):
    return [
        str(builders.write(tmp_path, text, name)) for name, text in (("answers.csv", ANSWERS), ("usage.csv", USAGE))
    ]


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    """Exit status, and what went to stdout and stderr."""
    status = main(arguments)
    return status, *capsys.readouterr()


def test_the_score_with_its_interval_n_groups_and_rule(capsys, files):
    status, said, _ = run(capsys, "score", files[0])
    assert status == 0
    assert said.splitlines() == [
        "NPS +0.0, 95% interval -61.1 to +61.1",
        "3 people: 1 promoters (9-10), 1 passives (7-8), 1 detractors (0-6)",
        "Each person's latest answer counts.",
        "1 row could not be used; `python -m nps check` tells which.",
    ]


def test_no_window_is_told_where_no_answer_has_a_date(capsys, tmp_path):
    answers = builders.write(tmp_path, "person,score\na,9\nb,3\n", "undated.csv")
    usage = builders.write(tmp_path, USAGE, "usage.csv")
    said = run(capsys, "score", str(answers), "--usage", str(usage))[1]
    assert "Usage counts at any time, as answers or use have no dates; 50% of them used something." in said
    assert "days before" not in said


def test_usage_says_its_window(capsys, files):
    _, said, _ = run(capsys, "score", files[0], "--usage", files[1])
    assert "Usage counts in the 90 days before an answer; 33% of them used something." in said


MATCHED = {
    "note": "keys.found_usage",
    "part": {"note": "keys.part", "share": 0.25},
    "who": {"note": "keys.respondents"},
    "found": 1,
    "asked": 4,
    "also": [],
}


def test_the_score_as_json(capsys, files):
    status, said, _ = run(capsys, "score", files[0], "--usage", files[1], "--json")
    found = json.loads(said)
    assert status == 0
    assert found.pop("low") == pytest.approx(-found.pop("high"))
    assert found == {
        "responses": 3,
        "promoters": 1,
        "passives": 1,
        "detractors": 1,
        "nps": 0.0,
        "repeats": "latest",
        "window_days": 90,
        "rejected": 1,
        "notes": [MATCHED],
    }


SAID = (
    "person,score,date,comment\n"
    + "".join(f"d{n},3,2025-03-01,It crashes all the time\n" for n in range(6))
    + "".join(f"p{n},9,2025-03-01,Board is great\n" for n in range(6))
    + "x,7,2025-03-01,\n"
)


def test_the_reasons_that_people_give(capsys, tmp_path, files):
    status, told, _ = run(capsys, "reasons", str(builders.write(tmp_path, SAID, "said.csv")), "--usage", files[1])
    assert status == 0
    assert told.splitlines()[:4] == [
        "12 of 13 people wrote something (92%); 50% of the comments give no reason we know.",
        "Each person's latest answer counts; detractors are compared with promoters.",
        "Reasons they give:",
        "  Bugs and reliability: 6 (50%); love 0, dislike 6, wish 0; "
        "6 of 6 detractors, 0 of 6 promoters; differs, sure",
    ]


def test_the_reasons_as_json(capsys, tmp_path):
    status, told, _ = run(capsys, "reasons", str(builders.write(tmp_path, SAID, "said.csv")), "--json")
    found = json.loads(told)
    bugs = found["reasons"][0]
    assert (status, found["people"], found["wrote"]) == (0, 13, 12)
    assert (bugs["theme"], bugs["people"], bugs["share"], bugs["share_rest"]) == ("bugs", 6, 0.5, None)
    assert bugs["p"] == pytest.approx(1 / 924)
    assert (found["mentions"], len(found["rules"])) == ([], 12)
    assert "It crashes all the time" not in told


def fallen(folder: Path) -> list[str]:
    """The files of two accounts: each used something thrice a week for 17 weeks, a1 in the last four once a week."""
    days = [date(2026, 3, 1) - timedelta(days=7 * week + day) for week in range(17) for day in range(3)]
    used = [f"{who},Map,{day}" for who in ("p1", "p2") for day in days for _ in range(2)]
    lately = {str(day) for day in days[:12]}
    less = [row for row in used if not (row.startswith("p1") and row.split(",")[2] in lately)]
    less += [f"p1,Map,{day}" for day in days[0:12:3]]
    texts = {
        "responses": "person_id,score,date\np1,3,2026-02-20\np2,9,2026-02-20\n",
        "usage": "\n".join(["person_id,feature,date", *less, ""]),
        "people": "person_id,name,account_id\np1,Ada,a1\np2,Ben,a2\n",
        "accounts": "account_id,account_name,plan,revenue\na1,Nordwind,Pro,100\na2,Sued\x1b[1m,Trial,0\n",
    }
    return [str(builders.write(folder, text, f"{name}.csv")) for name, text in texts.items()]


def listed(capsys, folder: Path, *more: str) -> tuple[int, str, str]:
    responses, *others = fallen(folder)
    names = ("--usage", "--people", "--accounts")
    return run(capsys, "accounts", responses, *chain(*zip(names, others, strict=True)), *more)


def test_accounts_that_may_leave_with_reasons(capsys, tmp_path):
    """By hand: one use a week for six before, r = 1.5 / 6.5; and the answer is a 3."""
    status, told, _ = listed(capsys, tmp_path)
    assert status == 0
    assert told.splitlines() == [
        "1 account may leave",
        "Most points first, of those whose use fell most; each reason is a point or more.",
        "Of 0 listed a quarter ago by these rules 0 left since; of 2 others 0.",
        "  Nordwind: 1 detractor; use is 77% under what is usual; the latest answer is a 3",
    ]


def test_a_list_as_json(capsys, tmp_path):
    told = json.loads(listed(capsys, tmp_path, "--json")[1])
    assert told["list"] == "leave"
    row = told["rows"][0]
    assert [row[name] for name in ("id", "name", "points", "plan", "owner")] == ["a1", "Nordwind", 4, "Pro", None]
    assert row["change"] == pytest.approx(1.5 / 6.5 - 1)


def test_rules_of_a_list_come_from_a_file(capsys, tmp_path):
    rules = Watching(rules=lists.DEFAULT._replace(buy=MayBuy(plans=("Trial",), people=1, least=2)))
    file = builders.write(tmp_path, rules.to_json(), "rules.json")
    told = listed(capsys, tmp_path, "--list", "buy", "--watching", str(file))[1].splitlines()
    assert told[0] == "1 account is likely to buy"
    assert told[2].startswith("  Sued [1m: 1 promoter; 1 person is active; somebody was active on")
    file = builders.write(tmp_path, "{}", "wrong.json")
    status, _, wrong = listed(capsys, tmp_path, "--watching", str(file))
    assert (status, wrong) == (2, "These settings of watching cannot be read.\n")


@pytest.mark.parametrize(("name", "first"), [("all", "2 accounts"), ("silent", "Nobody answered from 0 accounts")])
def test_lists_of_accounts_that_need_no_use(capsys, files, tmp_path, name, first):
    told = listed(capsys, tmp_path, "--list", name)[1].splitlines()
    assert told[0] == first
    assert run(capsys, "accounts", files[0])[1] == "There is no dated use: how use changes is not known.\n"


def test_a_file_without_comments_gives_no_reasons(capsys, files):
    status, told, wrong = run(capsys, "reasons", files[0])
    assert (status, told, wrong) == (2, "", "No answer that counts has a comment.\n")


def test_check_tells_what_files_are_and_what_would_be_rejected(capsys, files):
    status, said, _ = run(capsys, "check", *files)
    assert status == 0
    answers, usage = re.split(r"\n(?=\S)", said.strip())
    assert answers.splitlines() == [
        f"{files[0]}: responses, 4 answers that count",
        "  Score (0-10): score",
        "  Date of the answer: date",
        "  Person: person",
        "  5 rows in the file: 4 used, 1 could not be read, 0 not needed",
        "    could not be read: score: not a whole score from 0 to 10 (1), as “x”; line 6",
        "    dates: responded_at (4), 2025-03-01 to 2025-03-02",
        "    repeats: people with several answers (1), up to 2 answers",
    ]
    assert usage.splitlines()[0] == f"{files[1]}: usage, 2 uses that count"
    assert "  2 rows in the file: 2 used, 0 could not be read, 0 not needed" in usage.splitlines()


def test_check_tells_the_whole_story_as_json(capsys, files):
    status, said, _ = run(capsys, "check", "--json", *files)
    answers, usage = map(json.loads, said.splitlines())
    assert status == 0
    assert answers["table"] == "responses"
    assert answers["columns"] == {"score": "score", "responded_at": "date", "person_id": "person"}
    assert answers["rows"] == {"in_file": 5, "used": 4, "held_back": 1, "ignored": 0}
    assert answers["details"][0] == {
        "about": "held_back",
        "subject": {
            "note": "report.column_reason",
            "column": "score",
            "reason": {"note": "row.wrong_whole_score", "low": 0, "high": 10},
        },
        "rows": 1,
        "sentence": {"note": "report.as_in_lines", "value": "x", "lines": ["6"]},
    }
    assert (answers["odd"], usage["table"]) == ([], "usage")


def test_check_says_what_looks_odd(capsys, tmp_path):
    path = builders.write(tmp_path, "person,score,date\n" + "".join(f"p{n},{n % 11},2025-03-01\n" for n in range(20)))
    _, said, _ = run(capsys, "check", str(path))
    assert "  Please look: All 20 answers are of one day, 2025-03-01: is it the day of the export?" in said


def test_check_shows_the_first_lines_only(capsys, tmp_path):
    path = builders.write(tmp_path, "person,score\n" + "a,9\n" * 10 + "a,\n" * 7)
    _, said, _ = run(capsys, "check", str(path))
    assert "could not be read: score: no score (7), as “”; line 12, 13, 14, 15, 16, ..." in said


def test_check_goes_on_after_a_file_that_cannot_be_used(capsys, files, tmp_path):
    image = builders.write(tmp_path, b"\x89PNG\r\n\x1a\n")
    status, said, complaint = run(capsys, "check", str(image), files[0])
    assert status == 2
    assert "4 answers that count" in said
    assert complaint == f"{image}: This is an image, not a table. Save the table as CSV and try again.\n"


@pytest.mark.parametrize("command", ["score", "check"])
def test_a_file_that_cannot_be_used_is_one_line_on_stderr(capsys, command):
    status, said, complaint = run(capsys, command, "nowhere.csv")
    assert (status, said) == (2, "")
    assert "There is no file at nowhere.csv." in complaint
    assert complaint.count("\n") == 1


def test_cells_cannot_steer_the_terminal(capsys, tmp_path):
    path = builders.write(tmp_path, "person,score,\x1b[31mred\na,9,1\nb,\x1b]0;title\x07,2\n")
    _, said, _ = run(capsys, "check", str(path))
    assert "2 rows in the file" in said
    assert not set("\x1b\x07") & set(said)


@pytest.mark.parametrize("arguments", [[], ["score"], ["check"], ["sing"]])
def test_a_wrong_call_explains_itself(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m nps" in capsys.readouterr().err


def test_it_runs_as_a_module(files):
    ran = subprocess.run(
        [sys.executable, "-m", "nps", "score", files[0], "--json"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout)["responses"] == 3
    assert ran.stderr == ""


def test_surveys_of_different_kinds_are_not_mixed_unless_asked(capsys, tmp_path):
    rows = "".join(f"a{i},10,Q1\nb{i},0,After support\n" for i in range(20))
    path = str(builders.write(tmp_path, f"person,score,survey\n{rows}"))
    _, said, _ = run(capsys, "score", path)
    assert said.startswith("NPS +100.0")
    kinds = "Surveys of different kinds: relational (Q1); transactional (After support)."
    assert f"{kinds} Counted: Q1." in said.splitlines()
    _, said, _ = run(capsys, "score", path, "--all-surveys")
    assert said.startswith("NPS +0.0")
    assert f"{kinds} All are counted together" in said
    _, said, _ = run(capsys, "score", path, "--survey", "After support", "--json")
    assert json.loads(said)["nps"] == -100
    assert json.loads(said)["surveys"] == ["After support"]
    status, _, complaint = run(capsys, "score", path, "--survey", "Q9")
    assert (status, complaint) == (2, "Nobody answered a survey called Q9.\n")


def test_every_answer_can_count(capsys, files):
    _, said, _ = run(capsys, "score", files[0], "--repeats", "all")
    assert "4 answers: 2 promoters (9-10), 1 passives (7-8), 1 detractors (0-6)" in said
    assert "Every answer counts; the interval takes each person's answers together." in said
