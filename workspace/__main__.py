"""The command line of the workspace: `python -m workspace`, for whoever runs the server. It asks as the system."""

import argparse
import os
import sys
from collections.abc import Sequence

from nps.notes import InputError
from nps.wording import _, speak
from nps.wording.speech import ENGLISH
from workspace.commands import checking, copies, data, following, privacy, users, working
from workspace.store.database import open_workspace, place

GROUPS = (data, users, privacy, following, copies, checking, working)
PROGRAM = os.environ.get("NPS_LENS_PROGRAM", "python -m workspace")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what it returns, else 0; 2 with one line on stderr when it cannot be done."""
    with speak(os.environ.get("NPS_LENS_LANGUAGE", ENGLISH)):
        parser = argparse.ArgumentParser(prog=PROGRAM, description=_("What a team keeps, and who may."))
        commands = parser.add_subparsers(required=True, metavar="COMMAND")
        for group in GROUPS:
            group.add_to(commands)
        options = parser.parse_args(arguments)
        try:
            return _run(options) or 0
        except (InputError, OSError) as unusable:
            print(" ".join(str(unusable).split()), file=sys.stderr)
            return 2


def _run(options: argparse.Namespace) -> int | None:
    """A command gets the workspace, open; where it says so, only its folder."""
    if not getattr(options, "opens", True):
        return options.run(place(), options)
    with open_workspace(place()) as space:
        return options.run(space, options)


if __name__ == "__main__":
    sys.exit(main())
