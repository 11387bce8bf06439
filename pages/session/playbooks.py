"""Playbooks of the data at hand, where they are kept; each change is asked for as whoever sees the page."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pandas as pd

import nps
from nps.notes import note
from nps.selection import Repeats
from pages.session import access, keys, opened, views
from pages.session.kept import space
from pages.session.notices import say
from workspace.access.permissions import Verb, may
from workspace.playbooks import conditions, did, playbooks, runner
from workspace.playbooks.conditions import Then as Then
from workspace.playbooks.conditions import When as When
from workspace.playbooks.playbooks import Playbook as Playbook
from workspace.playbooks.rules import moment
from workspace.store import datasets

KINDS, EVERY, OF_PEOPLE = conditions.KINDS, conditions.EVERY, conditions.OF_PEOPLE
MOST_DAYS, LONGEST, LONGEST_NAME = conditions.MOST_DAYS, conditions.LONGEST, playbooks.LONGEST_NAME
USUAL_A_DAY, MOST_A_DAY = playbooks.USUAL_A_DAY, playbooks.MOST_A_DAY
PREVIEW_DAYS, SILENT_DAYS = runner.PREVIEW_DAYS, 3_650
NEW = Playbook("", "", When("answer"), Then())
ALL_SCORES = (0, 10)
SHOWN = keys.of_widget("playbook_shown")


def dataset() -> str:
    """The kept data that are looked at, by id."""
    shown = opened.shown()
    return shown.id if shown else ""


def may_change() -> bool:
    """Whether whoever sees the page says what is done by itself."""
    return may(access.actor(), Verb.ADMINISTER)


def listed() -> list[Playbook]:
    """All of these data, by name."""
    with space() as known:
        return playbooks.listed(access.actor(), known, dataset())


def counted() -> pd.DataFrame:
    """What they did: as `did.counted`, by playbook."""
    with space() as known:
        return did.counted(access.actor(), known, dataset()).set_index("playbook")


def by_day(playbook: int) -> pd.DataFrame:
    """What one did lately: as `did.by_day`."""
    with space() as known:
        return did.by_day(access.actor(), known, playbook, datetime.now(UTC).date())


def query_of(base: nps.Selection, scores: tuple[int, int], themes: Sequence[str]) -> dict[str, list[str]]:
    """The same narrowed by scores and reasons, as a condition keeps it."""
    changes: dict[str, object] = {} if scores == ALL_SCORES else {"score": scores}
    changes |= {"theme": tuple(themes)} if themes else {}
    return base.changed(repeats=Repeats.LATEST, **changes).to_query()


def fired(panel: nps.Panel, when: When) -> tuple[pd.Series, date]:
    """On which days of the quarter before a day it would have fired, and how often: that day is today, or of the last
    answer, where that is older; of silence, whenever it was. Raises nps.InputError for what cannot be told."""
    with space() as known:
        kept, rules = datasets.find(access.actor(), known, dataset()), panel.rules.version
    found, until = _fired(panel, when.to_json(), f"{kept.folder} {rules} {_now():%Y-%m-%d}")
    return pd.Series(found).value_counts().sort_index(), until


@views.shared
def _fired(panel: nps.Panel, told: str, _known_by: str) -> tuple[list[date], date]:
    when, until = When.from_json(told), _until(panel)
    days, until = (SILENT_DAYS, _now()) if when.kind == "silent" else (PREVIEW_DAYS, until)
    with space() as known:
        kept = datasets.find(access.actor(), known, dataset())
        found = runner.preview(access.actor(), known, kept, panel, when, until, days)
    return [at.date() for at in found], until.date()


def _until(panel: nps.Panel) -> datetime:
    last = panel.answers["responded_at"].max()
    return _now() if pd.isna(last) else min(_now(), moment(last))


def keep(playbook: Playbook) -> None:
    """Have it from now on, and look at the list: for callbacks."""

    def do() -> None:
        with space() as known:
            playbooks.keep(access.actor(), known, playbook._replace(dataset=dataset()), _now())
        SHOWN.take()
        say(note("playbook.kept", name=playbook.name))

    _said(do)


def remove(playbook: Playbook) -> None:
    """Take it away; what it did stays done."""

    def do() -> None:
        with space() as known:
            playbooks.remove(access.actor(), known, playbook.id)
        SHOWN.take()

    _said(do)


def look_at(playbook: int | None) -> None:
    """Open one, or a new one (0); None: none."""
    SHOWN.put(playbook)


def shown(known: Sequence[Playbook]) -> Playbook | None:
    """The one that is open: NEW for one that is made."""
    wanted = SHOWN.get()
    return NEW if wanted == 0 else next((each for each in known if each.id == wanted), None)


def _now() -> datetime:
    return datetime.now(UTC)


def _said(do: Callable[[], None]) -> None:
    try:
        do()
    except nps.InputError as refused:
        say(refused.note)
