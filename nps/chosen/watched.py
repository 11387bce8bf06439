"""Accounts, or people, of a panel: how they stand, how healthy they are, and who is to be looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from nps import accounts
from nps.chosen.newcomers import Newcomers
from nps.joined import UNASKED, Joined
from nps.joined.accounts import Accounts
from nps.measures import contacts, health, lists, said, signals, standing, watch_model
from nps.measures.health import DEFAULT, HISTORY, Groups, Weights
from nps.measures.lists import Record, Rules
from nps.measures.signals import QUARTER, Snapshot
from nps.measures.standing import Units
from nps.measures.watch_model import WatchModel
from nps.notes import InputError
from nps.weekly import Weekly

LISTS = {
    "leave": lists.may_leave,
    "grow": lists.may_grow,
    "buy": lists.may_buy,
    "advocates": lists.advocates,
}
KNOWN = ("account", "plan", "seats", "revenue", "renewal_at", "owner", "tickets", "known_people")


@dataclass(frozen=True, eq=False)
class Watched:
    """What is known of accounts, or people, week by week. Everything is of rows up to the week that is asked for, but
    for plan, seats, revenue, owner and renewal, which are known as of today alone.

    weekly      use by week
    of          "account" or "person"
    keys        key features, kind and name
    onboarding  how far newcomers are, see `newcomers`; None: nobody said which steps there are
    suppress    ids or e-mails of people who are not written to, whatever they said
    """

    panel: Joined
    weekly: Weekly
    of: str = "account"
    keys: tuple[tuple[str, str], ...] = ()
    onboarding: Newcomers | None = None
    suppress: tuple[str, ...] = ()
    made: dict[int, pd.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.of == "person" and self.weekly.by != "person_id":
            raise InputError("measures.by_account")

    @property
    def known(self) -> Accounts:
        """What is known of accounts."""
        return self.panel.accounts

    def until(self, week: int = 0) -> pd.Timestamp:
        """The first moment after what is known so many weeks ago; of answers, where no use has a date."""
        last = self.weekly.as_of or (self.panel.period or (None, None))[1]
        return pd.Timestamp(last) + pd.Timedelta(days=1) - pd.Timedelta(weeks=week)

    @cached_property
    def table(self) -> pd.DataFrame:
        """What is known of each as of today: KNOWN, joined_at, churned_at, and of people role in place of plan."""
        if self.of == "account":
            return self.known.table
        latest = self.panel.answers.drop_duplicates("person_id", keep="last").set_index("person_id")
        ids = latest.index.union(self.weekly.people.astype(object)).union(self.known.whose.index)
        about = latest.reindex(ids)
        dates = {name: pd.to_datetime(about[name]) for name in ("joined_at", "churned_at")}
        empty = dict.fromkeys(("seats", "revenue", "tickets"), np.nan) | {"renewal_at": pd.NaT, "owner": None}
        plan = {"plan": about["role"].astype(object), "account": self.known.whose.reindex(ids)}
        return pd.DataFrame(index=ids).assign(**plan, **empty, **dates, known_people=1)

    @cached_property
    def units(self) -> Units:
        """Whose use is whose."""
        accounts_of = self.known.whose if self.weekly.by == "person_id" else self.known.keyed
        whose = accounts_of if self.of == "account" else None
        return standing.units(self.weekly, self.table.index, whose, self.table["joined_at"])

    @cached_property
    def answers(self) -> pd.DataFrame:
        """Every answer: unit, person, responded_at, score, and what its comment names, see `said.coded`."""
        answers, person = self.panel.answers, self.panel.answers["person_id"]
        unit = person if self.of == "person" else _account_of(answers, self.known.whose)
        columns = {"unit": self.table.index.get_indexer(unit), "person": self.panel.person}
        rows = answers[["responded_at", "score"]].assign(**columns)
        return rows.join(said.coded(self.panel).set_index(rows.index))

    def facts(self, week: int = 0) -> pd.DataFrame:
        """How each stood so many weeks ago, by id: `standing`, `said`, KNOWN, onboarding, contactable, heavy."""
        facts = self.made.get(week)
        if facts is None:
            facts = self._facts(week)
            for past in {*self.made} - {0}:  # today's are kept, and those of one other week: they are wide
                self.made.pop(past, None)
            self.made[week] = facts
        return facts

    def _facts(self, week: int) -> pd.DataFrame:
        ids, until = self.table.index, self.until(week)
        use = standing.standing(self.weekly.at(week), self.units, self._key_codes)
        told = said.said(self.answers, len(ids), until).set_index(ids).rename(columns={"people": "answering"})
        left = (self.table["churned_at"] < until).to_numpy(bool)
        onboarding = np.nan if self.onboarding is None else self.onboarding.shares(self.of, until).reindex(ids)
        facts = use.join(told).join(self.table[[*KNOWN]])
        facts = facts.assign(onboarding=onboarding, contactable=ids.isin(self.contactable))
        facts = facts.assign(there=use["there"].to_numpy() & ~left)
        return facts.assign(heavy=lists.heavy(facts))

    @cached_property
    def contactable(self) -> pd.Index:
        """Who may be written to: has not opted out, and is not suppressed; of an account, any of its people."""
        latest = self.panel.answers.drop_duplicates("person_id", keep="last")[UNASKED]
        people = pd.concat([latest.astype(object), self.panel.unasked.astype(object)])
        own = pd.Index(people.loc[contacts.contactable(people, self.suppress), "person_id"])
        return own if self.of == "person" else pd.Index(self.known.whose.reindex(own).dropna().unique())

    @cached_property
    def _key_codes(self) -> np.ndarray | None:
        names = pd.MultiIndex.from_frame(self.weekly.names)
        return np.flatnonzero(names.isin(self.keys)) if self.keys else None

    def figures(self, week: int = 0) -> pd.DataFrame:
        """The raw figure of each part of health so many weeks ago, by id; NaN where it is missing."""
        facts = self.facts(week)
        seats = facts["seats"].fillna(facts["known_people"].where(facts["known_people"] > 0))
        everybody = facts["y"].sum() / max(facts["answering"].sum(), 1)
        y, answering = (facts[name].to_numpy(float) for name in ("y", "answering"))
        answers = health.answers(y, answering, everybody)
        figures = {
            "use": facts["pace"],
            "people": facts["active"] / seats,
            "breadth": facts["breadth"].astype(float),
            "keys": facts["key"] / len(self.keys) if self.keys else np.nan,
            "answers": answers,
            "reasons": -(facts["disliked"] / facts["wrote"].where(facts["wrote"] > 0)),
            "onboarding": facts["onboarding"],
            "support": -(facts["tickets"] / facts["known_people"].where(facts["known_people"] > 0)),
        }
        table = pd.DataFrame(figures, index=facts.index).where(facts["there"])
        return table[[*(health.PARTS if self.of == "account" else health.OF_PERSONS)]]

    @cached_property
    def uses(self) -> np.ndarray:
        """Uses of each in each of the last 17 weeks, the oldest first: (U, 17)."""
        return standing.by_week(self.weekly, self.units)

    @cached_property
    def groups(self) -> Groups:
        """Whom each is compared with today."""
        size = self.table["seats"].fillna(self.table["known_people"]) if self.of == "account" else None
        return health.groups(self.table["plan"], size)

    def health(self, weights: Weights = DEFAULT) -> pd.DataFrame:
        """By id: health, known_weight, in_play, the place of each part, and its figure as {part}_raw."""
        figures = self.figures()
        places = health.placed(figures, self.groups)
        return health.health(places, weights).join(places).join(figures.add_suffix("_raw"))

    def health_history(self, weights: Weights = DEFAULT, weeks: int = HISTORY) -> pd.DataFrame:
        """Health in each of the last weeks: see `measures.health.history`."""
        return health.history(self.figures, self.groups, weights, weeks)

    def watch(self, name: str, rules: Rules = lists.DEFAULT) -> pd.DataFrame:
        """Who is on a list, in its order: the facts, points, and reasons as notes. name: one of LISTS."""
        if name not in LISTS:
            raise InputError("measures.list", names=tuple(LISTS))
        return LISTS[name](self.facts(), rules)

    def record(self, rules: Rules = lists.DEFAULT) -> Record:
        """Of who was on the list of who may leave a quarter ago, by these rules, how many left since; and of others."""
        then = self.facts(QUARTER)
        left = (self.table["churned_at"] < self.until()).to_numpy(float)
        listed = lists.points(then, rules.leave) >= rules.leave.least
        return lists.record(listed, np.where(then["there"], left, np.nan))

    def snapshot(self, week: int, rules: Rules = lists.DEFAULT, outcome: str = "churn") -> Snapshot:
        """How accounts stood so many weeks ago, and who left, or grew, after."""
        facts, when = self.facts(week), self.table[signals.OUTCOMES[outcome]]
        order = lists.order(facts, rules.leave) if outcome == "churn" else lists.growth_order(facts, rules)
        return signals.snapshot(week, facts, self.signals(week), order, when, self.until(week))

    def signals(self, week: int = 0) -> pd.DataFrame:
        """What a model looks at, by id."""
        before = self.answers["score"][self.answers["responded_at"] < self.until(week)]
        return signals.signals(self.facts(week), len(self.keys), float(before.mean()))

    def watch_model(self, outcome: str = "churn", rules: Rules = lists.DEFAULT) -> WatchModel:
        """The model of who leaves, or grows ("expansion"), shown only where it foretold better than the rule."""
        if outcome not in signals.OUTCOMES or (self.of == "person" and outcome == "expansion"):
            raise InputError("measures.foretold", outcomes=tuple(signals.OUTCOMES))
        weeks = signals.weeks(standing.beginning(self.weekly))
        return watch_model.watch_model([self.snapshot(week, rules, outcome) for week in weeks], outcome)


def _account_of(answers: pd.DataFrame, whose: Mapping[Any, Any]) -> pd.Series:
    """The account that an answer names, else that of its person."""
    return accounts.named(answers).fillna(answers["person_id"].map(whose))
