"""What was done about a person or an account of the data at hand, where they are kept; notes, and who is left alone."""

from collections.abc import Iterable, Sequence

import pandas as pd

from nps.notes import note
from pages.session import access, following, keys
from pages.session.kept import space
from pages.session.notices import say
from workspace.access.permissions import Verb, may
from workspace.follow_up import about, suppression
from workspace.follow_up.about import Whom as Whom

LONGEST_WHY = suppression.LONGEST_WHY
Left = Sequence[tuple[str, str]]  # kinds and what, as `suppression` has them


def done(people: Iterable[str], account: str | None = None) -> pd.DataFrame:
    """As `about.done`, of these data."""
    with space() as known:
        return about.done(access.actor(), known, following.dataset() or "", people, account)


def notes(whom: Whom) -> pd.DataFrame:
    """As `about.notes`, and `mine`: whether whoever looks may take it away."""
    actor = access.actor()
    with space() as known:
        rows = about.notes(actor, known, following.dataset() or "", whom)
    return rows.assign(mine=(rows["made_by"] == actor.name) | may(actor, Verb.ADMINISTER))


def write(whom: Whom, said: str) -> None:
    """Keep what this widget says: for callbacks."""

    def do() -> None:
        with space() as known:
            text = keys.of_widget(said).get() or ""
            about.write(access.actor(), known, following.dataset() or "", whom, text, following.now())

    following.said(do)


def remove(n: int) -> None:
    """Take a note away."""

    def do() -> None:
        with space() as known:
            about.remove(access.actor(), known, following.dataset() or "", n)

    following.said(do)


def left_alone(those: Left) -> pd.DataFrame:
    """Which of these nobody writes to, and why: as `suppression.of`."""
    with space() as known:
        return suppression.of(access.actor(), known, those, following.today())


def leave_alone(those: Left, why: str, until: str) -> None:
    """Have nobody write to these, for what this widget says."""

    def do() -> None:
        reason, last = keys.of_widget(why).get() or "", keys.of_widget(until).get()
        with space() as known:
            for kind, what in those:
                suppression.suppress(access.actor(), known, kind, what, reason, last)
        say(note("suppression.excluded"))

    following.said(do)


def allow(those: Left, why: str) -> None:
    """Allow it again: for administrators, with a reason."""

    def do() -> None:
        with space() as known:
            for kind, what in those:
                suppression.lift(access.actor(), known, kind, what, keys.of_widget(why).get() or "")

    following.said(do)
