"""What the server does before anybody comes."""

from nps.notes import InputError
from pages.session import data, working
from web.errors import LOG
from workspace.access.actor import Actor
from workspace.privacy import erase
from workspace.store.database import FILE, open_workspace, place


def begin() -> None:
    """Warm up, and do from now on what is done without anybody."""
    warm_up()
    working.begin()


def warm_up() -> None:
    """Finish what was promised to whoever asked to be erased, tidy up after a crash, and load the sample."""
    try:
        if (place() / FILE).exists():
            with open_workspace(place()) as space:
                erase.recover(Actor.SYSTEM, space)
    except (InputError, OSError) as unusable:
        LOG.warning("The workspace could not be tidied up: %s", unusable)
    data.warm_up()
