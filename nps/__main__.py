"""The command line, `nps-lens` or `python -m nps`: `score`, `reasons`, `accounts`, `check FILE...`, `serve`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

import nps
from nps import lens, quality
from nps.chosen.listed import Wanted
from nps.chosen.watched import LISTS
from nps.chosen.watching import Watching
from nps.measures import kinds
from nps.notes import NothingLeft, decoded, field_named, table_named
from nps.selection import Repeats
from nps.wording import _, account_lines, answering, reports, said, several, speak, words
from nps.wording.speech import ENGLISH

KEPT = (
    *("datasets", "work", "erase", "export", "retention", "backup", "restore", "audit", "recover", "users"),
    *("campaigns", "suppress", "allow", "roadmap", "digest"),
)
LISTED = ("all", *LISTS, "silent", "divided")
OTHERS = ("usage", "people", "accounts")  # files beside the answers
PROGRAM = "nps-lens" if Path(sys.argv[0]).stem == "nps-lens" else "python -m nps"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0, or 2 with one line on stderr when a file cannot be used."""
    with speak(os.environ.get("NPS_LENS_LANGUAGE", ENGLISH)):
        return _run(arguments)


def _run(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    options, others = parser.parse_known_args(arguments)
    if options.run in (_serve, _kept):
        options.others = others
    elif others:
        parser.error(_("unrecognized arguments: {arguments}", arguments=" ".join(others)))
    try:
        return options.run(options)
    except (nps.InputError, OSError) as unusable:
        return _complain(str(unusable))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description=_("Net Promoter Score with usage, without a page."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    score = commands.add_parser("score", help=_("print the score and its interval"))
    score.add_argument("--survey", metavar="NAME", action="append", help=_("count this survey; may be repeated"))
    score.add_argument("--all-surveys", action="store_true", help=_("count surveys of different kinds together"))
    score.add_argument(
        "--repeats", choices=[*Repeats], default=Repeats.LATEST, help=_("which answers of a person count")
    )
    score.set_defaults(run=_score)
    reasons = commands.add_parser("reasons", help=_("print the reasons that people give, and the features they name"))
    reasons.set_defaults(run=_reasons)
    accounts = commands.add_parser("accounts", help=_("print a list of accounts, with the reasons why each is on it"))
    accounts.add_argument("--list", choices=LISTED, default="leave", help=_("which; without it who may leave"))
    accounts.add_argument(
        "--heavy", action="store_true", help=_("only who was a heavy user before the last four weeks")
    )
    accounts.add_argument("--watching", metavar="W", help=_("file of key features, steps, weights and rules, as JSON"))
    accounts.set_defaults(run=_accounts)
    for command in (score, reasons, accounts):
        command.add_argument("responses", metavar="RESPONSES", help=_("file of answers to the 0-10 question"))
        command.add_argument("--usage", metavar="U", help=_("file of what people used"))
        command.add_argument("--people", metavar="P", help=_("file of people"))
        command.add_argument("--accounts", metavar="A", help=_("file of accounts"))
        command.add_argument("--json", action="store_true", help=_("print one JSON object instead of sentences"))
    check = commands.add_parser("check", help=_("print what files are, how they are read, and what came of every row"))
    check.add_argument("files", metavar="FILE", nargs="+")
    check.add_argument("--json", action="store_true", help=_("print one JSON object a file, a line each"))
    check.set_defaults(run=_check)
    for name in KEPT:
        kept = commands.add_parser(name, add_help=False, help=_("work with what is kept: {name} --help", name=name))
        kept.set_defaults(run=_kept, name=name)
    serve = commands.add_parser("serve", help=_("open the app in the browser; other options are those of Streamlit"))
    serve.set_defaults(run=_serve)
    return parser


def _serve(options: argparse.Namespace) -> int:
    """Become the server of the app: the one that came with this package, else that of this checkout.

    Without the folder that somebody happens to be in, as files there could have the names of modules.
    """
    os.execv(sys.executable, [sys.executable, "-P", "-m", "streamlit", "run", str(_app()), *options.others])


def _kept(options: argparse.Namespace) -> int:
    """Become `python -m workspace`, which lies beside the app."""
    known = {**os.environ, "PYTHONPATH": str(_app().parent), "NPS_LENS_PROGRAM": PROGRAM}
    command = [sys.executable, "-P", "-m", "workspace", options.name, *options.others]
    os.execve(sys.executable, command, known)


def _app() -> Path:
    installed = Path(__file__).parent / "_app" / "app.py"
    return installed if installed.exists() else Path(__file__).parents[1] / "app.py"


def _score(options: argparse.Namespace) -> int:
    panel = nps.load(options.responses, **{name: getattr(options, name) for name in OTHERS})
    surveys = None if options.all_surveys else options.survey or panel.main_surveys
    measured = panel.select(nps.Selection(survey=surveys, repeats=options.repeats)).score
    if not measured.responses:
        raise NothingLeft("cli.nobody", surveys=tuple(surveys))
    if options.json:
        counted = {"surveys": surveys} if surveys else {}
        rules = counted | {"repeats": options.repeats, "window_days": panel.window_days if panel.has_usage else None}
        print(
            json.dumps(
                measured._asdict()
                | rules
                | {"rejected": len(panel.rejected), "notes": [each.plain for each in panel.notes]}
            )
        )
        return 0
    for line in said.of_score(measured, options.repeats):
        print(line)
    if panel.main_surveys:
        print(_plain(answering.of_surveys(kinds.groups(panel.surveys), surveys)))
    if panel.has_usage:
        active = (panel.respondents["features_used"] > 0).mean()
        print(words.usage_counts(active, panel.window_days, panel.windowed))
    if rows := len(panel.rejected):
        print(
            several(
                "1 row could not be used; `python -m nps check` tells which.",
                "{n} rows could not be used; `python -m nps check` tells which.",
                n=rows,
            )
        )
    print(*map(_plain, panel.notes), sep="\n", end="\n" if panel.notes else "")
    return 0


def _reasons(options: argparse.Namespace) -> int:
    panel = nps.load(options.responses, **{name: getattr(options, name) for name in OTHERS})
    chosen = panel.select(nps.Selection(survey=panel.main_surveys)).per_person
    if not (wrote := int(chosen.cube.wrote.sum())):
        raise NothingLeft("cli.no_comments")
    if options.json:
        counted = {"people": len(chosen.places), "wrote": wrote, "rules": panel.rules.version}
        counted |= {"surveys": panel.main_surveys} if panel.main_surveys else {}
        frames = {"reasons": chosen.reasons(), "mentions": chosen.mentions(), "words": chosen.words_apart()}
        print(json.dumps(counted | {name: _rows(frame) for name, frame in frames.items()}, allow_nan=False))
        return 0
    print(*map(_plain, said.lines(chosen)), sep="\n")
    if panel.main_surveys:
        print(_plain(answering.of_surveys(kinds.groups(panel.surveys), panel.main_surveys)))
    return 0


def _accounts(options: argparse.Namespace) -> int:
    panel = nps.load(options.responses, **{name: getattr(options, name) for name in OTHERS})
    now = Watching.from_json(Path(options.watching).read_text("utf-8")) if options.watching else Watching()
    wanted, chosen = Wanted(options.list, now, options.heavy), panel.select()
    if options.json:
        print(json.dumps({"list": options.list, "rows": account_lines.records(chosen, wanted)}, allow_nan=False))
    else:
        print(*map(_plain, account_lines.lines(chosen, wanted)), sep="\n")
    return 0


def _rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a frame, for JSON: null for what is not known."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def _check(options: argparse.Namespace) -> int:
    status, show = 0, _as_json if options.json else _report
    for file in options.files:
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
    facts = {"file": file, "table": reading.table, "columns": reading.columns, "others": reading.others}
    details = [
        {"about": line.about, "rows": line.rows, "subject": decoded(line.subject).plain}
        | ({"sentence": decoded(line.sentence).plain} if line.sentence else {})
        for line in quality.details(report).itertuples()
    ]
    notes = {
        name: [each.plain for each in of]
        for name, of in (("odd", quality.suspicious(report)), ("notes", examined.notes))
    }
    print(json.dumps(facts | {"rows": balance, "details": details} | notes, default=str))


def _report(file: str, examined: lens.Examined) -> None:
    reading, report = examined.reading, examined.report
    counts = {part: int(rows) for part, rows in quality.balance(report).iloc[0].drop("table").items()}
    print(_plain(_of_table(file, reading.table, counts["used"])))
    lines = [f"{field_named(name)}: {column}" for name, column in reading.columns.items()]
    if reading.features:
        lines.append(_("One feature a column: {columns}", columns=reading.features))
    lines += [_("Kept where their values are few: {columns}", columns=reading.asked)] * bool(reading.asked)
    if reading.rest and reading.table == "usage":
        lines.append(_("Not needed: {columns}", columns=reading.rest))
    elif reading.rest:
        lines.append(_("Also known: {columns}", columns=reading.rest))
    lines += map(str, examined.notes)
    balance = _(
        "{in_file} rows in the file: {used} used, {held_back} could not be read, {ignored} not needed", **counts
    )
    lines.append(balance)
    for line in reports.spoken(quality.details(report)).itertuples():
        lines.append(f"  {line.about}: {line.subject} ({line.rows:,}){', ' * bool(line.sentence)}{line.sentence}")
    lines += [_("Please look: {told}", told=odd) for odd in quality.suspicious(report)]
    for line in lines:
        print(f"  {_plain(line)}")


def _of_table(file: str, table: str, used: int) -> str:
    """What a file is, and how much of it counts."""
    values = {"file": file, "table": table_named(table), "used": used}
    if table == "responses":
        return _("{file}: {table}, {used} answers that count", **values)
    if table == "usage":
        return _("{file}: {table}, {used} uses that count", **values)
    return _("{file}: {table}, {used} people that count", **values)


def _plain(text: object) -> str:
    """Text of a file, or a note, without what could steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in str(text))


def _complain(reason: str) -> int:
    print(" ".join(_plain(reason).split()), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
