"""Newcomers of a panel: which steps of an onboarding they take, asked where the usage lies."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from nps import accounts, steps
from nps.joined import UNASKED, Joined
from nps.measures import contacts, landmark, onboarding
from nps.measures.onboarding import DAY, Started
from nps.measures.rules import MIN_SHOWN
from nps.notes import InputError
from nps.steps import Onboarding
from nps.who.places import Place, Steps

EARLIEST = "\0"  # nobody's id


@dataclass(frozen=True, eq=False)
class Newcomers:
    """Who of everybody took which step. People are told of; accounts, where the usage is kept by them."""

    panel: Joined
    onboarding: Onboarding

    @property
    def place(self) -> Place:
        """Where the usage lies. Raises InputError where nobody knows that."""
        if self.panel.who is None:
            raise InputError("who.not_at_hand")
        return self.panel.who

    @cached_property
    def steps(self) -> Steps:
        """What the usage says."""
        return self.place.steps(self.onboarding)

    @cached_property
    def known(self) -> pd.DataFrame:
        """Everybody who may be told of, by id: joined_at, churned_at, role, plan, account."""
        by, known = self.steps.by, self.panel.accounts
        if by == "person_id":
            rows = self.panel.told.persons.drop_duplicates("person_id").set_index("person_id")
            rows = rows.assign(account=known.whose.reindex(rows.index).astype(object))
        else:
            rows = known.table.assign(role=None)
            rows = rows if by == "account_id" else rows.dropna(subset="account").drop_duplicates("account")
            ids = rows.index
            rows = rows.assign(account=ids).set_axis(ids if by == "account_id" else rows["account"])
        dates = {name: pd.to_datetime(rows[name]) for name in ("joined_at", "churned_at")}
        return rows.assign(**dates)[["joined_at", "churned_at", "role", "plan", "account"]]

    @cached_property
    def started(self) -> Started:
        """Whose beginning is in the usage, and how many are left out."""
        return onboarding.started(self.known["joined_at"], self.steps.first, self.onboarding.start)

    @cached_property
    def reached(self) -> pd.DataFrame:
        """person_id, step, day (NaN: not yet), censored_at."""
        return self._reached(self.steps.last)

    def _reached(self, as_of: pd.Timestamp) -> pd.DataFrame:
        return onboarding.reached(self.steps.taken, self.started.start, self.onboarding, as_of)

    @property
    def table(self) -> pd.DataFrame:
        """step, people, reached, share, low, high, median_days, at_risk."""
        return onboarding.table(self.reached, self.onboarding, self.known["account"])

    @property
    def stops(self) -> pd.DataFrame:
        """step, people, reached, share, low, high, stopped; of who had time for all steps."""
        return onboarding.stops(self.reached, self.onboarding)

    @property
    def curves(self) -> pd.DataFrame:
        """step, day, share, low, high, at_risk: see `measures.onboarding.curves`."""
        return onboarding.curves(self.reached, self.onboarding, self.known["account"])

    def whom(self, step: int, which: str) -> pd.DataFrame:
        """person_id, day, censored_at of who took a step ("took"), "stopped" before it, or has time for it ("open")."""
        if which not in onboarding.WHOM or not 0 <= step < len(self.onboarding.steps):
            raise InputError("measures.whom", names=onboarding.WHOM)
        return onboarding.whom(self.reached, self.onboarding, step, which).drop(columns="step")

    def named(self, step: int, which: str) -> pd.DataFrame:
        """The same with start, and of people name, email, account, role and opted_out, as far as they are known."""
        rows = self.whom(step, which)
        rows = rows.assign(start=rows["person_id"].map(self.started.start))
        if self.steps.by != "person_id":
            return rows.assign(account=rows["person_id"].map(self.known["account"]))
        people = [each[[*UNASKED]].astype(object) for each in (self.panel.respondents, self.panel.unasked)]
        known = pd.concat([each[each["person_id"].isin(rows["person_id"])] for each in people])
        return rows.merge(known.drop(columns="plan"), on="person_id", how="left").fillna({"opted_out": False})

    def contacts(self, step: int, which: str, why: str) -> pd.DataFrame:
        """Who of them may be written to: see `measures.contacts.contacts`."""
        ids = self.whom(step, which)["person_id"]
        lists = (self.panel.respondents, self.panel.unasked)
        columns = [*contacts.COLUMNS, "account_id", "opted_out"]
        parts = [each[each["person_id"].isin(ids)].reindex(columns=columns).astype(object) for each in lists]
        return contacts.contacts(pd.concat(parts, ignore_index=True), why, ())

    def path(self, person_id: str, joined: pd.Timestamp | None) -> pd.DataFrame | None:
        """When one person took each step: step, day (NaN: not yet), censored_at; asked of their use alone.

        joined  when they did
        None where their beginning is not in the usage, or it is kept by account.
        """
        with self.place.usage() as (usage, by):
            if by != "person_id":
                return None
            own = usage.filter(usage["person_id"] == person_id)
            taken, first = steps.taken(own, self.onboarding), steps.first_uses(own)
            begins, last = usage.aggregate(first=usage["at"].min(), last=usage["at"].max()).to_pandas().iloc[0]
        seen = first.set_index("person_id")["at"]
        every = pd.concat([seen, pd.Series([begins], [EARLIEST])])
        dates = pd.Series([joined], [person_id], dtype="datetime64[us]")
        start = onboarding.started(dates, every, self.onboarding.start).start.drop(EARLIEST, errors="ignore")
        found = onboarding.reached(taken, start, self.onboarding, last)
        return found.drop(columns="person_id") if len(found) else None

    def stay(self, step: int) -> pd.DataFrame:
        """How many are still there from the last day of a step on: took (bool), day (after it), share, low, high,
        at_risk; told while 10 are watched."""
        rows = self.reached[self.reached["step"] == step].set_index("person_id")
        curves = landmark.curves(self._people, rows, self.onboarding.steps[step].within_days)
        parts = [curve.assign(took=took) for curve, took in zip(curves, (True, False), strict=True)]
        told = pd.concat(parts, ignore_index=True)
        told = told[told["at_risk"] >= MIN_SHOWN]
        return told.rename(columns={"time": "day", "left": "share"})[
            ["took", "day", "share", "low", "high", "at_risk"]
        ].reset_index(drop=True)

    def progress(self, of: str = "person", until: pd.Timestamp | None = None) -> pd.DataFrame:
        """How far each person, or account, was: by id taken, steps, day, days, share. See `measures.onboarding`."""
        reached = self.reached if until is None else self._reached(min(until, self.steps.last))
        if of == "person":
            reached = reached if self.steps.by == "person_id" else reached.iloc[:0]
            return onboarding.progress(reached, self.onboarding)
        return onboarding.progress(reached, self.onboarding, self.known["account"])

    def shares(self, of: str, until: pd.Timestamp) -> pd.Series:
        """Id -> share of the steps reached before a moment, 0..1."""
        return self.progress(of, until - pd.Timedelta(microseconds=1))["share"]

    def by_steps(self, outcome: str = "nps") -> pd.DataFrame:
        """step, people, others, difference, low, high, q, robust: see `measures.landmark`. outcome: "nps" or "left"."""
        if outcome not in landmark.OUTCOMES:
            raise InputError("measures.by_steps", outcomes=tuple(landmark.OUTCOMES))
        start = self.started.start
        starts = start.rename("start").rename_axis("person_id").reset_index()
        ask = self.place.early
        return landmark.by_steps(
            self.onboarding, self.reached, self._people, lambda days: ask(starts, days), outcome, self._answers
        )

    @property
    def _people(self) -> pd.DataFrame:
        """By person_id: start, left_day (whole days since), and what `known` tells."""
        start = self.started.start
        people = self.known.reindex(start.index)
        return people.assign(start=start, left_day=np.floor((people["churned_at"] - start) / DAY))

    @property
    def _answers(self) -> pd.DataFrame:
        """person_id, day (since the start), group; oldest first, of newcomers alone."""
        answers, start = self.panel.answers, self.started.start
        who = answers["person_id"]
        if self.steps.by != "person_id":
            account = accounts.named(answers).fillna(who.map(self.panel.accounts.whose))
            who = account.map(pd.Series(self.known.index, self.known["account"]))
        rows = pd.DataFrame({"person_id": who, "group": self.panel.group, "at": answers["responded_at"]})
        rows = rows[rows["person_id"].isin(start.index)].dropna()
        return rows.assign(day=np.floor((rows["at"] - rows["person_id"].map(start)) / DAY))
