"""Other data is there: what came of it, and where one goes from where it was brought."""

from pages.session import keys, links
from pages.session.data import in_use
from pages.session.notices import say


def arrived() -> None:
    """Say what came of it, unless there is something else to say; from the Data page go to the overview."""
    if keys.NOTICE.get() is None:
        say(in_use())
    if keys.PAGE.get() == links.DATA:
        links.go(links.OVERVIEW)
