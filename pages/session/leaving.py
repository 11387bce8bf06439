"""The one way a file leaves: who asks is asked again, what leaves is written down, and only then does it leave.

A download runs in a thread of its own, without a session: what it needs is taken along when its button is drawn.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping

import pandas as pd

from nps.measures import spreadsheets
from nps.notes import Refused
from nps.wording import language, names, speak
from pages.session import access, filters, keys
from pages.session.data import dataset
from web import identity
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, require
from workspace.store import audit
from workspace.store.database import open_workspace, place


def written(file: str, make: Callable[[], bytes], *, of_people: bool = False) -> Callable[[], bytes]:
    """Makes a file when it is asked for: a picture, or a page. Raises Refused for whoever may not have it by then."""
    return _leaves(file, lambda: (make(), {}), Verb.SEE_PEOPLE if of_people else Verb.LOOK)


def of_person(file: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Makes a file of one person when it is asked for. Raises Refused for whoever is no administrator by then."""
    return _leaves(file, lambda: (make(), {}), Verb.ADMINISTER)


def table(file: str, frame: Callable[[], pd.DataFrame], *, of_people: bool = False) -> Callable[[], bytes]:
    """Makes a CSV when it is asked for, that opens right in a spreadsheet and holds no formula."""

    def made() -> tuple[bytes, Mapping[str, object]]:
        content = frame().rename(columns=names.in_file)
        return spreadsheets.as_csv(content), {"rows": len(content), "columns": [*map(str, content.columns)]}

    return _leaves(file, made, Verb.SEE_PEOPLE if of_people else Verb.LOOK)


def asked_again(make: Callable[[Actor], bytes], verb: Verb = Verb.SEE_PEOPLE) -> Callable[[], bytes]:
    """Makes a file as whoever asks for it is by then. Raises Refused for whoever may not have it.

    make  writes down what leaves
    """
    asking, spoken = access.visitor(), language()

    def made() -> bytes:
        now = identity.again(asking.owner) if asking else None
        if now is None:
            raise Refused("access.signed_out")
        require(now.actor, verb)
        with speak(spoken):
            return make(now.actor)

    return made


def _leaves(file: str, make: Callable[[], tuple[bytes, Mapping[str, object]]], verb: Verb) -> Callable[[], bytes]:
    query = filters.selection().to_query()
    told = {"file": file, "data": dataset().fingerprint if dataset() else "sample", "query": query}

    def made(actor: Actor) -> bytes:
        content, more = make()
        about = told | more | {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        with open_workspace(place()) as space:
            audit.tell(actor, space, "download", about)
        return content

    return asked_again(made, verb)


def download_mark() -> str:
    """The same in this session only, so that no two sessions have an address in common, whatever they download."""
    return keys.DOWNLOAD_MARK.get() or keys.DOWNLOAD_MARK.put(secrets.token_hex())
