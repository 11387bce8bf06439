"""`work`: what is done without anybody; `digest`: what there is to know, as a page."""

import argparse
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from nps.notes import InputError
from nps.wording import _
from workspace import connections, work
from workspace.access.actor import Actor
from workspace.commands.data import named
from workspace.delivery import mail, settings
from workspace.delivery.letters import Letter
from workspace.playbooks import due, panels
from workspace.store import audit
from workspace.store.database import Workspace


def add_to(commands: argparse._SubParsersAction) -> None:
    """The commands of this group."""
    doing = commands.add_parser("work", help=_("tidy up, forget what is too old, read databases anew when it is time"))
    doing.add_argument("--forever", action="store_true", help=_("again and again, until it is stopped"))
    doing.add_argument("--every", type=float, default=60, metavar="SECONDS", help=_("how long to wait in between"))
    doing.set_defaults(run=_work)
    told = commands.add_parser("digest", help=_("write what there is to know as a page, or mail it"))
    told.add_argument("dataset", metavar="DATASET")
    told.add_argument("--file", metavar="FILE", help=_("where to write it; without it, and --mail, it is printed"))
    told.add_argument("--mail", metavar="ADDRESS", help=_("mail it to this address"))
    told.set_defaults(run=_digest)


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
    for told in work.once(Actor.SYSTEM, space, connections.of_secrets(), settings=settings.of_secrets()):
        print(told, flush=True)


def _digest(space: Workspace, options: argparse.Namespace) -> None:
    now = datetime.now(UTC)
    kept = named(space, options.dataset)
    page = due.page(Actor.SYSTEM, space, kept.id, panels.opened(Actor.SYSTEM, space, kept), now)
    told = {"dataset": kept.id, "file": bool(options.file), "mail": bool(options.mail), "bytes": len(page)}
    audit.tell(Actor.SYSTEM, space, "digest", told)
    if options.file:
        Path(options.file).write_bytes(page)
    if options.mail:
        letter = Letter(_("{name}: what there is to know", name=kept.name), page=page.decode())
        mail.send(settings.of_secrets(), options.mail, letter, uuid4().hex)
    if not options.file and not options.mail:
        print(page.decode())
