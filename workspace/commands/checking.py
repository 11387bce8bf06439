"""`audit verify`, `recover`."""

import argparse

from nps.wording import _, several
from workspace.access.actor import Actor
from workspace.privacy import erase
from workspace.store import audit
from workspace.store.database import Workspace


def add_to(commands: argparse._SubParsersAction) -> None:
    """The commands of this group."""
    group = commands.add_parser("audit", help=_("who did what: list, verify"))
    each = group.add_subparsers(required=True, metavar="COMMAND")
    told = each.add_parser("list", help=_("print the latest rows"))
    told.add_argument("--most", type=int, default=50, help=_("how many"))
    told.set_defaults(run=_list)
    each.add_parser("verify", help=_("check that nobody changed a row")).set_defaults(run=_verify)
    tidied = commands.add_parser("recover", help=_("tidy up after a crash, and finish erasing"))
    tidied.set_defaults(run=_recover)


def _list(space: Workspace, options: argparse.Namespace) -> None:
    for row in audit.rows(Actor.SYSTEM, space, options.most).itertuples(index=False):
        print(*row, sep="\t")


def _verify(space: Workspace, _options: argparse.Namespace) -> int:
    """1 where a row is not as it was written."""
    checked = audit.verify(Actor.SYSTEM, space)
    if checked.broken is not None:
        print(_("Row {n} is not as it was written.", n=checked.broken))
        return 1
    print(several("1 row, and it is as it was written.", "{n} rows, all as they were written.", n=checked.rows))
    print(_("The last hash, to be noted elsewhere: {hash}", hash=checked.last))
    return 0


def _recover(space: Workspace, _options: argparse.Namespace) -> int:
    """1 where it has to be done again."""
    finished = erase.recover(Actor.SYSTEM, space)
    print(_("All is tidy.") if finished else _("Somebody reads what is to be erased; run this again."))
    return 0 if finished else 1
