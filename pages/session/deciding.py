"""What was decided about the data at hand, where they are kept: of findings, and of features, which are the roadmap."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pandas as pd

import nps
from nps.notes import note
from nps.wording import _
from pages.session import access, following, leaving
from pages.session.kept import space
from pages.session.notices import say
from workspace.follow_up import decisions
from workspace.follow_up.decisions import LONGEST_DECIDED as LONGEST_DECIDED
from workspace.follow_up.decisions import STATES as STATES
from workspace.follow_up.decisions import VERDICTS as VERDICTS
from workspace.follow_up.decisions import Decision

FINDING, FEATURE = decisions.KINDS
MARKDOWN = "roadmap.md"
named = decisions.verdict_named


def listed(kind: str) -> pd.DataFrame:
    """What was decided of one kind: as `decisions.listed`."""
    with space() as known:
        return decisions.listed(access.actor(), known, following.dataset() or "", kind)


def of_features() -> pd.DataFrame:
    """The roadmap in its order, with id and version of each."""
    with space() as known:
        return decisions.planned(access.actor(), known, following.dataset() or "")


def found(kind: str, about: str) -> pd.Series | None:
    """What was decided about this; None where nothing was."""
    rows = listed(kind)
    rows = rows[rows["about"] == about]
    return rows.iloc[0] if len(rows) else None


def keep(kind: str, about: str, given: Callable[[], Mapping[str, str | date | None]]) -> None:
    """Keep what is decided first of this: for callbacks."""

    def do() -> None:
        with space() as known:
            made = Decision(kind, about, **given())
            decisions.keep(access.actor(), known, following.dataset() or "", made, first=True)
        say(note("decision.kept"))

    following.said(do)


def change(seen: Mapping[str, int], given: Callable[[], Mapping[str, str | date | None]]) -> None:
    """Change decisions as they were seen, id -> version; which somebody else changed meanwhile is said."""

    def do() -> None:
        values, late = given(), 0
        with space() as known:
            for one, version in seen.items():
                late += not _changed(known, one, version, values)
        if late:
            say(note("follow_up.late", n=late))

    following.said(do)


def _changed(known: object, one: str, version: int, values: Mapping[str, str | date | None]) -> bool:
    try:
        decisions.change(access.actor(), known, one, version, **values)
    except nps.InputError as refused:
        if refused.code not in ("decision.changed_meanwhile", "decision.gone"):
            raise
        return False
    return True


def remove(ids: Sequence[str]) -> None:
    """Forget these."""

    def do() -> None:
        with space() as known:
            for one in ids:
                decisions.remove(access.actor(), known, one)

    following.said(do)


def roadmap() -> Callable[[], pd.DataFrame]:
    """Makes the roadmap as it leaves in a file, in words, when it is asked for."""
    actor, dataset, called = access.actor(), following.dataset() or "", {following.me(): _("Me")}
    called |= following.colleagues()

    def made() -> pd.DataFrame:
        with space() as known:
            table = decisions.roadmap(actor, known, dataset)
        return decisions.headed(table.assign(owner=table["owner"].replace(called)))

    return made


def markdown() -> Callable[[], bytes]:
    """The same in Markdown."""
    made = roadmap()
    return leaving.written(MARKDOWN, lambda: decisions.as_markdown(made()).encode(), of_people=True)
