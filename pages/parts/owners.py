"""Who looks after something, by what they are called."""

import re

from nps.wording import _
from pages.session import following

NOBODY = ""
BROWSER = re.compile("[0-9a-f]{32}")  # who need not sign in is a browser


def names() -> dict[str, str]:
    """Who can, me first: as it is kept -> what to call them."""
    mine = following.me()
    return {mine: _("Me")} | {name: login for name, login in following.colleagues().items() if name != mine}


def called(owner: str, known: dict[str, str]) -> str | None:
    """Somebody's name: of who is none of the users, as it was written; None for nobody."""
    if owner not in known and BROWSER.fullmatch(owner):
        return _("Another browser")
    return known.get(owner, owner) or None
