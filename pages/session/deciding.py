"""What was decided about the data at hand, where they are kept: of findings, and of features, which are the roadmap."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

import pandas as pd

import nps
from nps.measures.finding import About
from nps.notes import Note, note
from nps.selection import Repeats
from nps.wording import _
from nps.wording.overview import kept_of
from pages.session import access, filters, following, leaving, results
from pages.session.kept import space
from pages.session.notices import say
from workspace.follow_up import decisions
from workspace.follow_up.decisions import LONGEST_DECIDED as LONGEST_DECIDED
from workspace.follow_up.decisions import STATES as STATES
from workspace.follow_up.decisions import VERDICTS as VERDICTS
from workspace.follow_up.decisions import Decision

FINDING, FEATURE = decisions.KINDS
MARKDOWN = "roadmap.md"
MEANWHILE = ("decision.changed_meanwhile", "decision.gone")
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
    return _by_about(listed(kind)).get(about)


def of_findings() -> Mapping[str, pd.Series]:
    """What was decided about findings, by what each is about; nothing for whoever may not see it."""
    return _by_about(listed(FINDING)) if following.dataset() and access.works() else {}


def _by_about(rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {row["about"]: row for _place, row in rows.iterrows()}


def about(rows: Iterable, panel: nps.Panel) -> list[str]:
    """What each of these findings under the filters of the line is about, whatever its figures."""
    whom = filters.selection().filters.changed(repeats=Repeats.LATEST)
    if whom.survey == (filters.survey_start() or None):
        under = whom.changed(survey=()).to_query()  # where they start, whichever these are by then
    else:
        under = {"survey": []} | whom.to_query()
    return [About.of(row, panel.measure, under).encoded for row in rows]


def now(panel: nps.Panel, line: str) -> Note | None:
    """The same finding as it is now, with its figures; None where it is no more than chance.

    Raises nps.InputError for what this data, as it is looked at, cannot tell.
    """
    kept = About.decoded(line)
    if kept is None or kept.measure not in ("", panel.measure):
        raise nps.InputError("decision.not_compared")
    whom = nps.Selection.from_query(kept.filters)
    whom = whom if "survey" in kept.filters else whom.changed(survey=panel.main_surveys)
    rows = results.findings(panel.select(whom)).itertuples()
    return next((kept_of(row) for row in rows if About.of(row, panel.measure, kept.filters) == kept), None)


def keep(kind: str, about: str, told: str, given: Callable[[], Mapping[str, str | date | None]]) -> None:
    """Keep what is decided first of this: for callbacks."""

    def do() -> None:
        with space() as known:
            made = Decision(kind, about, told=told, **given())
            decisions.keep(access.actor(), known, following.dataset() or "", made)
        say(note("decision.kept"))

    following.said(do)


def change(seen: Mapping[str, int], given: Callable[[], Mapping[str, str | date | None]]) -> None:
    """Change decisions as they were seen, id -> version; which somebody else changed meanwhile is said."""
    following.said(lambda: _each(seen, partial(decisions.change, **given())))


def remove(seen: Mapping[str, int]) -> None:
    """Forget decisions as they were seen; which somebody else changed meanwhile stay, and that is said."""
    following.said(lambda: _each(seen, decisions.remove))


def _each(seen: Mapping[str, int], do: Callable[..., None]) -> None:
    late = 0
    with space() as known:
        for one, version in seen.items():
            try:
                do(access.actor(), known, one, version)
            except nps.InputError as refused:
                if refused.code not in MEANWHILE:
                    raise
                late += 1
    if late:
        say(note("follow_up.late", n=late))


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
