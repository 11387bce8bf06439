"""Who looks after something, by what they are called."""

from nps.wording import _
from pages.session import following

NOBODY = ""


def names() -> dict[str, str]:
    """Who can, me first: as it is kept -> what to call them."""
    mine = following.me()
    return {mine: _("Me")} | {name: login for name, login in following.colleagues().items() if name != mine}


def called(owner: str, known: dict[str, str]) -> str | None:
    """Somebody's name: of who is none of the users, as it was written; None for nobody.

    owner  who looks after something, or did it
    """
    one = following.one_person(owner)
    return known.get(one, one) or None
