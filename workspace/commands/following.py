"""`campaigns`, `suppress`, `allow`, `roadmap`: what is done about answers."""

import argparse
import sys
from datetime import UTC, date, datetime

from nps.measures.spreadsheets import as_csv
from nps.wording import _, several
from workspace.access.actor import Actor
from workspace.commands.data import named
from workspace.follow_up import campaign, decisions, members, suppression
from workspace.store.database import Workspace


def add_to(commands: argparse._SubParsersAction) -> None:
    """The commands of this group."""
    listed = commands.add_parser("campaigns", help=_("list the campaigns of a dataset, and how far each is"))
    listed.add_argument("dataset", metavar="DATASET")
    listed.set_defaults(run=_campaigns)
    for name, run, told in (
        ("suppress", _suppress, _("have nobody write to an e-mail, an id, a domain or an account")),
        ("allow", _allow, _("allow again to write to whom was suppressed")),
    ):
        kept = commands.add_parser(name, help=told)
        kept.add_argument("kind", choices=[kind.replace(" ", "-") for kind in suppression.KINDS])
        kept.add_argument("what", metavar="WHAT")
        kept.add_argument("--why", required=True, metavar="TEXT", help=_("the reason, which is kept"))
        kept.set_defaults(run=run)
    commands.choices["suppress"].add_argument(
        "--until", type=date.fromisoformat, metavar="DAY", help=_("the last day, as 2026-12-31; else for good")
    )
    roadmap = commands.add_parser("roadmap", help=_("print what was decided of features, as Markdown or CSV"))
    roadmap.add_argument("dataset", metavar="DATASET")
    roadmap.add_argument("--csv", action="store_true", help=_("as CSV"))
    roadmap.set_defaults(run=_roadmap)


def _campaigns(space: Workspace, options: argparse.Namespace) -> None:
    today = datetime.now(UTC).date()
    for each in campaign.listed(Actor.SYSTEM, space, named(space, options.dataset).id):
        late = int(members.listed(Actor.SYSTEM, space, each.id, today)["overdue"].sum())
        people = several("1 person", "{n} people", n=each.people)
        print(each.name, each.state, people, _("{n} overdue", n=late), each.due or "", sep="\t")


def _suppress(space: Workspace, options: argparse.Namespace) -> None:
    kind = options.kind.replace("-", " ")
    suppression.suppress(Actor.SYSTEM, space, kind, options.what, options.why, options.until)


def _allow(space: Workspace, options: argparse.Namespace) -> int:
    there = suppression.lift(Actor.SYSTEM, space, options.kind.replace("-", " "), options.what, options.why)
    print(_("Allowed again.") if there else _("It was not suppressed."))
    return 0 if there else 1


def _roadmap(space: Workspace, options: argparse.Namespace) -> None:
    table = decisions.headed(decisions.roadmap(Actor.SYSTEM, space, named(space, options.dataset).id))
    if options.csv:
        sys.stdout.buffer.write(as_csv(table))
    else:
        print(decisions.as_markdown(table), end="")
