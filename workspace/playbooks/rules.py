"""What happened, of what a panel holds: facts, each of which names what happened once. Pure."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

import nps
from nps import accounts
from nps.chosen.watched import Watched
from nps.measures import health
from nps.measures.alarms import WEEK, Alarm
from nps.measures.health import Weights
from nps.selection import Repeats, Selection
from nps.wording import _, headlines
from workspace.playbooks.conditions import When

SAME_DAYS, DAY = 21, 10  # signs of a day
WEEKS_LOOKED_AT = 4  # so that a fall is found, too, where nobody looked for some weeks
PERSONAL = ("person_id", "name", "email", "account", "role")


class Fact(NamedTuple):
    """Something that happened.

    name     the same whenever it is looked for: people and accounts stand in it as marks
    at       when, UTC
    noticed  it is new only to whoever looks: what holds at the first look is nothing new
    person   of one person: PERSONAL, "" where it is not known
    account  whose it is, as `panel.accounts` calls it; "" where it is not known
    same     the name ends in a day, and so many days around it are the same thing: weeks are counted back from the last
             day of the data, so that what happened once is found again on another day
    told     a sentence, where there is more to say than that it happened; `names`: whom it names
    """

    name: str
    at: datetime
    noticed: bool = False
    person: tuple[str, ...] = ()
    account: str = ""
    told: str = ""
    names: str = ""
    same: int = 0

    @property
    def alike(self) -> tuple[str, str]:
        """The first and the last name that would be the same thing."""
        what, day = self.name[:-DAY], date.fromisoformat(self.name[-DAY:])
        first, last = (day + timedelta(days=way * self.same) for way in (-1, 1))
        return f"{what}{first.isoformat()}", f"{what}{last.isoformat()}"

    @property
    def person_id(self) -> str | None:
        """Whose it is; None: nobody's."""
        return self.person[0] if self.person else None


class World(NamedTuple):
    """What is looked at.

    mark     keyed hash of an id
    watched  how accounts stand, asked only where a rule needs it; with the weights of health
    now      UTC
    since    what is known to be older need not be told: of answers, and of who enters
    """

    panel: nps.Panel
    mark: Callable[[str], str]
    watched: Callable[[], tuple[Watched, Weights]]
    now: datetime
    since: datetime | None = None


def facts(when: When, world: World) -> list[Fact]:
    """All that happened, oldest first. Raises InputError for what this data cannot tell."""
    return sorted(_FOUND[when.kind](when, world), key=lambda fact: (fact.at, fact.name))


def _answers(when: When, world: World) -> Iterator[Fact]:
    rows = world.panel.answers.iloc[_passing(when, world.panel)]
    for row in _lately(world, rows[rows["comment"].notna()] if when.commented else rows).itertuples():
        yield _of_answer("answer", row, world, noticed=False)


def _entered(when: When, world: World) -> Iterator[Fact]:
    """The first answer of the run of answers, up to somebody's newest, that are all of the selection."""
    answers, person = world.panel.answers, world.panel.person
    passes = np.zeros(len(answers), bool)
    passes[_passing(when, world.panel)] = True
    run = pd.Series(~passes).groupby(person).cumsum()  # how often somebody was outside so far
    latest = run.groupby(person).transform("last")
    first = (passes & (run == latest)) & ~pd.Series(passes & (run == latest)).groupby(person).shift(fill_value=False)
    for row in _lately(world, answers[first.to_numpy()]).itertuples():
        yield _of_answer("entered", row, world, noticed=True)


def _lately(world: World, answers: pd.DataFrame) -> pd.DataFrame:
    """Those that may be as late as is asked for, each with its account; what has no day may be."""
    if world.since is not None:
        at = answers["responded_at"]
        answers = answers[at.isna() | (at >= pd.Timestamp(world.since).tz_convert(at.dt.tz))]
    return answers.assign(whose=accounts.named(answers))


def _passing(when: When, panel: nps.Panel) -> np.ndarray:
    """Positions of answers that are of the selection, every one of a person."""
    return panel.select(Selection.from_query(when.query).changed(repeats=Repeats.ALL)).places


def _of_answer(kind: str, row, world: World, *, noticed: bool) -> Fact:
    known = not pd.isna(row.responded_at)
    own = row.response_id if isinstance(row.response_id, str) else f"{row.person_id}\0{row.responded_at}\0{row.score}"
    at = moment(row.responded_at) if known else datetime.min.replace(tzinfo=UTC)
    person = tuple("" if pd.isna(getattr(row, name)) else str(getattr(row, name)) for name in PERSONAL)
    return Fact(f"{kind}:{world.mark(own)}", at, noticed or not known, person, account=row.whose or "")


def _health(when: When, world: World) -> Iterator[Fact]:
    """Accounts whose health is low for the second week, and was not a week before."""
    watched, weights = world.watched()
    table = watched.health_history(weights).pivot(index="id", columns="week", values="health")
    weeks = table[sorted(table.columns, reverse=True)].to_numpy(float)
    least = health.USUAL + health.FALLING
    for back in range(min(WEEKS_LOOKED_AT, weeks.shape[1] - least)):
        now, before = (health.falls(weeks[:, : weeks.shape[1] - back - more]) for more in (0, 1))
        at = moment(watched.until(back))
        for place in np.flatnonzero(now & ~before):
            whose = str(table.index[place])
            told = {"account": whose, "names": _called(watched, table.index[place])}
            yield Fact(f"fell:{world.mark(whose)}:{at:%Y-%m-%d}", at, same=SAME_DAYS, **told)


def _called(watched: Watched, account: object) -> str:
    name = watched.table["account"].get(account)
    return str(account) if pd.isna(name) else str(name)


def _score(when: When, world: World) -> Iterator[Fact]:
    for row in world.panel.select(Selection.from_query(when.query)).alarms().itertuples(index=False):
        if row.direction == "fell":
            week = row.at.to_period(WEEK).start_time
            told = headlines.of_alarm(Alarm(*row))
            yield Fact(f"alarm:{week:%Y-%m-%d}", moment(row.at), told=told, same=SAME_DAYS)


def _silent(when: When, world: World) -> Iterator[Fact]:
    last = world.panel.answers["responded_at"].iloc[_passing(when, world.panel)].max()
    if not pd.isna(last) and (at := moment(last) + timedelta(days=when.days)) <= world.now:
        yield Fact(
            f"silent:{moment(last).isoformat()}", at, told=_("Nobody has answered since {day}.", day=last.date())
        )


def _digest(when: When, world: World) -> Iterator[Fact]:
    began = began_at(when.every, world.now.date())
    yield Fact(f"digest:{began:%Y-%m-%d}", datetime.combine(began, time(), UTC))


def began_at(every: str, today: date) -> date:
    """The first day of this day, week or month."""
    back = {"day": 0, "week": today.weekday(), "month": today.day - 1}[every]
    return today - timedelta(days=back)


def moment(when: pd.Timestamp) -> datetime:
    """In UTC, which dates without a zone are taken for."""
    plain = when.to_pydatetime(warn=False)
    return plain.astimezone(UTC) if plain.tzinfo else plain.replace(tzinfo=UTC)


_FOUND: dict[str, Callable[[When, World], Iterator[Fact]]] = {
    **{"answer": _answers, "entered": _entered, "health": _health},
    **{"score": _score, "silent": _silent, "digest": _digest},
}
