"""`erase`, `export`, `retention`."""

import argparse
import json
import sys

from nps.wording import _, several
from workspace.access.actor import Actor
from workspace.privacy import erase, retention
from workspace.privacy.export import export
from workspace.store.database import Workspace


def add_to(commands: argparse._SubParsersAction) -> None:
    """The commands of this group."""
    forgot = commands.add_parser("erase", help=_("erase a person by id or e-mail, everywhere and for good"))
    forgot.add_argument("person", metavar="PERSON")
    forgot.add_argument("--unknown", action="store_true", help=_("also when no data know them: later files neither"))
    forgot.set_defaults(run=_erase)
    handed = commands.add_parser("export", help=_("print all that is kept of a person, as JSON"))
    handed.add_argument("person", metavar="PERSON")
    handed.set_defaults(run=_export)
    old = commands.add_parser("retention", help=_("print what is older than its dataset keeps, or take it away"))
    old.add_argument("--apply", action="store_true", help=_("take it away"))
    old.set_defaults(run=_retention)


def _erase(space: Workspace, options: argparse.Namespace) -> None:
    finished = erase.erase(Actor.SYSTEM, space, options.person, options.unknown)
    print(_("Erased.") if finished else _("Somebody reads what is to be erased; run recover in a while."))
    print(_("Older backups still hold this person, until they are restored with --erased or deleted."))


def _export(space: Workspace, options: argparse.Namespace) -> None:
    told = export(Actor.SYSTEM, space, options.person)
    json.dump(told, sys.stdout, indent=1, ensure_ascii=False, default=str)
    print()


def _retention(space: Workspace, options: argparse.Namespace) -> None:
    do = retention.expire if options.apply else retention.expired
    for each in do(Actor.SYSTEM, space):
        rows = sum(each.rows.values())
        print(f"{each.name}: {several('1 row', '{n} rows', n=rows)} < {each.before:%Y-%m-%d}")
