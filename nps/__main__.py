"""The command line: `nps-lens`, or `python -m nps`: `score RESPONSES`, `check FILE...` and `serve`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import nps
from nps import lens, quality
from nps.fields import LABELS
from nps.measures import kinds
from nps.selection import Repeats
from nps.wording import answering, words

PROGRAM = "nps-lens" if Path(sys.argv[0]).stem == "nps-lens" else "python -m nps"
KINDS = {"responses": "answers", "usage": "uses", "people": "people"}
COUNTED = {Repeats.LATEST: "people", Repeats.ALL: "answers"}
REPEATS = {
    Repeats.LATEST: "Each person's latest answer counts.",
    Repeats.ALL: "Every answer counts; the interval takes each person's answers together.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0, or 2 with one line on stderr when a file cannot be used."""
    parser = _parser()
    asked, others = parser.parse_known_args(arguments)
    if asked.run is _serve:
        asked.others = others
    elif others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    try:
        return asked.run(asked)
    except (nps.InputError, OSError) as unusable:
        return _complain(str(unusable))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description="Net Promoter Score with usage, without a page.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    score = commands.add_parser("score", help="print the score and its interval")
    score.add_argument("responses", metavar="RESPONSES", help="file of answers to the 0-10 question")
    score.add_argument("--usage", metavar="U", help="file of what people used")
    score.add_argument("--people", metavar="P", help="file of people")
    score.add_argument("--survey", metavar="NAME", action="append", help="count this survey; may be repeated")
    score.add_argument("--all-surveys", action="store_true", help="count surveys of different kinds together")
    score.add_argument("--repeats", choices=[*Repeats], default=Repeats.LATEST, help="which answers of a person count")
    score.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")
    score.set_defaults(run=_score)
    check = commands.add_parser("check", help="print what files are, how they are read, and what came of every row")
    check.add_argument("files", metavar="FILE", nargs="+")
    check.add_argument("--json", action="store_true", help="print one JSON object a file, a line each")
    check.set_defaults(run=_check)
    serve = commands.add_parser("serve", help="open the app in the browser; other options are those of Streamlit")
    serve.set_defaults(run=_serve)
    return parser


def _serve(asked: argparse.Namespace) -> int:
    """Become the server of the app: the one that came with this package, else that of this checkout.

    Without the folder that somebody happens to be in, as files there could have the names of modules.
    """
    os.execv(sys.executable, [sys.executable, "-P", "-m", "streamlit", "run", str(_app()), *asked.others])


def _app() -> Path:
    installed = Path(__file__).parent / "_app" / "app.py"
    return installed if installed.exists() else Path(__file__).parents[1] / "app.py"


def _score(asked: argparse.Namespace) -> int:
    panel = nps.load(asked.responses, usage=asked.usage, people=asked.people)
    surveys = None if asked.all_surveys else asked.survey or panel.main_surveys
    measured = panel.select(nps.Selection(survey=surveys, repeats=asked.repeats)).score
    if not measured.responses:
        raise nps.InputError(f"Nobody answered a survey called {_listed(surveys)}.")
    if asked.json:
        counted = {"surveys": surveys} if surveys else {}
        rules = counted | {"repeats": asked.repeats, "window_days": panel.window_days if panel.has_usage else None}
        print(json.dumps(measured._asdict() | rules | {"rejected": len(panel.rejected), "notes": panel.notes}))
        return 0
    print(f"NPS {measured.nps:+.1f}, 95% interval {measured.low:+.1f} to {measured.high:+.1f}")
    print(
        f"{measured.responses:,} {COUNTED[asked.repeats]}: {measured.promoters:,} promoters (9-10), "
        f"{measured.passives:,} passives (7-8), {measured.detractors:,} detractors (0-6)"
    )
    print(REPEATS[asked.repeats])
    if panel.main_surveys:
        print(_plain(answering.of_surveys(kinds.groups(panel.surveys), surveys)))
    if panel.has_usage:
        active = (panel.respondents["features_used"] > 0).mean()
        print(words.usage_counts(active, panel.window_days, panel.dated))
    if len(panel.rejected):
        rows = "1 row" if len(panel.rejected) == 1 else f"{len(panel.rejected):,} rows"
        print(f"{rows} could not be used; `python -m nps check` tells which.")
    print(*map(_plain, panel.notes), sep="\n", end="\n" if panel.notes else "")
    return 0


def _check(asked: argparse.Namespace) -> int:
    status, show = 0, _as_json if asked.json else _report
    for file in asked.files:
        try:
            examined = lens.examine(file)
        except (nps.InputError, OSError) as unusable:
            status = _complain(f"{file}: {unusable}")
        else:
            show(file, examined)
    return status


def _as_json(file: str, examined: lens.Examined) -> None:
    reading, report = examined.reading, examined.report
    balance = quality.balance(report).drop(columns="table").iloc[0].to_dict()
    known = {"file": file, "table": reading.table, "columns": reading.columns, "others": reading.others}
    details = quality.details(report).drop(columns="table").to_dict("records")
    odd = quality.suspicious(report)
    print(json.dumps(known | {"rows": balance, "details": details, "odd": odd, "notes": examined.notes}, default=str))


def _report(file: str, examined: lens.Examined) -> None:
    reading, report = examined.reading, examined.report
    rows = quality.balance(report).iloc[0]
    print(f"{_plain(file)}: {reading.table}, {rows['used']:,} {KINDS[reading.table]} that count")
    for name, column in reading.columns.items():
        print(f"  {LABELS[name]}: {_plain(column)}")
    if reading.features:
        print(f"  One feature a column: {_listed(reading.features)}")
    if reading.others:
        print(f"  {'Not needed' if reading.table == 'usage' else 'Also known'}: {_listed(reading.others)}")
    for note in examined.notes:
        print(f"  {_plain(note)}")
    parts = ", ".join(f"{rows[part]:,} {part}" for part in quality.BALANCE[1:])
    print(f"  {rows['rows in the file']:,} rows in the file: {parts}")
    for line in quality.details(report).itertuples():
        words = f", {line.sentence}" if line.sentence else ""
        print(f"    {line.about}: {_plain(line.subject)} ({line.rows:,}){_plain(words)}")
    for sentence in quality.suspicious(report):
        print(f"  Please look: {_plain(sentence)}")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(_plain, names))


def _plain(text: object) -> str:
    """Text of a file, or a note, without what could steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in str(text))


def _complain(reason: str) -> int:
    print(" ".join(_plain(reason).split()), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
