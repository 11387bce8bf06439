"""`backup`, `restore`."""

import argparse
from pathlib import Path

from nps.wording import _
from workspace import backup
from workspace.access.actor import Actor
from workspace.store.database import Workspace


def add_to(commands: argparse._SubParsersAction) -> None:
    """The commands of this group."""
    made = commands.add_parser("backup", help=_("write all that is kept to a file, while people work"))
    made.add_argument("file", metavar="FILE", type=Path)
    made.set_defaults(run=_backup)
    back = commands.add_parser("restore", help=_("make a workspace of a backup, in a new folder"))
    back.add_argument("file", metavar="FILE", type=Path)
    back.add_argument("folder", metavar="FOLDER", type=Path)
    back.add_argument(
        "--erased", type=Path, help=_("the workspace that this one replaces, or its erased.json: nobody comes back")
    )
    back.set_defaults(run=_restore, opens=False)


def _backup(space: Workspace, options: argparse.Namespace) -> None:
    backup.backup(Actor.SYSTEM, space, options.file)
    print(_("{file} is as confidential as the workspace: it holds the data, and the key of marks.", file=options.file))


def _restore(_place: Path, options: argparse.Namespace) -> None:
    backup.restore(Actor.SYSTEM, options.file, options.folder, options.erased)
    print(_("Set NPS_LENS_WORKSPACE to {folder}, and start the server.", folder=options.folder))
