"""`work`: what is done without anybody."""

import argparse
import sys
import threading

from nps.notes import InputError
from nps.wording import _
from workspace import connections, work
from workspace.access.actor import Actor
from workspace.store.database import Workspace


def add_to(commands: argparse._SubParsersAction) -> None:
    """The commands of this group."""
    due = commands.add_parser("work", help=_("tidy up, forget what is too old, read databases anew when it is time"))
    due.add_argument("--forever", action="store_true", help=_("again and again, until it is stopped"))
    due.add_argument("--every", type=float, default=60, metavar="SECONDS", help=_("how long to wait in between"))
    due.set_defaults(run=_work)


def _work(space: Workspace, options: argparse.Namespace) -> None:
    pause = threading.Event()
    while options.forever:
        try:
            _once(space)
        except InputError as unusable:  # as long as somebody mends it
            print(unusable, file=sys.stderr, flush=True)
        pause.wait(options.every)
    _once(space)


def _once(space: Workspace) -> None:
    for told in work.once(Actor.SYSTEM, space, connections.of_secrets()):
        print(told, flush=True)
