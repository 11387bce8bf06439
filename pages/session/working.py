"""What the server does by itself while it runs: what `nps-lens work` does, once a minute; both at once are harmless."""

import os
import threading

from nps.notes import InputError
from nps.wording import speak
from nps.wording.speech import ENGLISH
from pages.session import opened
from web.errors import LOG
from workspace import connections, work
from workspace.access.actor import Actor
from workspace.delivery import settings
from workspace.store.database import FILE, open_workspace, place

SECONDS = 60.0
OFF = "off"  # what NPS_LENS_WORK says where another process does it


def begin() -> threading.Thread | None:
    """Do it from now on, in a thread that ends with the server; None where another process does."""
    if os.environ.get("NPS_LENS_WORK") == OFF:
        return None
    thread = threading.Thread(target=_forever, args=(threading.Event(),), name="work", daemon=True)
    thread.start()
    return thread


def once() -> None:
    """Do all that is due, where anything is kept."""
    if not (place() / FILE).exists():
        return
    with speak(os.environ.get("NPS_LENS_LANGUAGE", ENGLISH)), open_workspace(place()) as space:
        known, to = connections.of_secrets(), settings.of_secrets()
        work.once(Actor.SYSTEM, space, known, settings=to, opened=opened.for_work)


def _forever(pause: threading.Event) -> None:
    while not pause.wait(SECONDS):
        try:
            once()
        except (InputError, OSError) as unusable:
            LOG.warning("Work was not done: %s", unusable)
        except Exception:
            LOG.exception("Work was not done")
