"""Who may be written to: rules in their order, each a column of its own, so that what it removes can be shown."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
import pandas as pd

from nps.notes import Note, Refused, note
from workspace.store.marks import alike

RULES = (
    *("erased", "opted_out", "suppressed", "no_email", "same_email"),
    *("contacted", "surveyed", "in_campaign", "hands_off"),
)
ALWAYS = ("erased",)  # nobody turns these off
FACTS = ("erased", "opted_out", "suppressed", "contacted_at", "surveyed_at", "in_campaign", "hands_off")


class Rules(NamedTuple):
    """How the rules are set.

    contact_days  since a campaign contacted somebody, in which no other does
    survey_days   the same since they were asked or answered; 0: not looked at, as who answered yesterday is whom
                  a campaign is for
    off           rule -> why an administrator turned it off
    """

    contact_days: int = 30
    survey_days: int = 0
    off: Mapping[str, str] = {}


DEFAULT = Rules()


def who_may(people: pd.DataFrame, rules: Rules, now: datetime) -> pd.DataFrame:
    """Whom each rule removes: a column per rule of `RULES`, in their order, all False where a rule is off. bool (n, 9)

    people  person_id, email, and FACTS, which `standing.known` adds; contacted_at and surveyed_at in UTC
    Who opted out with an address has done so for whoever else has it.
    """
    email = addresses(people)
    gone = {name: people[name].to_numpy(bool) for name in ("erased", "suppressed", "in_campaign", "hands_off")}
    gone["opted_out"] = people["opted_out"].to_numpy(bool) | email.isin(email[people["opted_out"]].dropna()).to_numpy()
    gone["no_email"] = email.isna().to_numpy()
    gone["contacted"] = _since(people["contacted_at"], rules.contact_days, now)
    gone["surveyed"] = _since(people["surveyed_at"], rules.survey_days, now)
    gone = {name: removes & (name not in rules.off) for name, removes in gone.items()}
    others = np.any([*gone.values()], axis=0)
    gone["same_email"] = _again(email, others) & ("same_email" not in rules.off)
    return pd.DataFrame({name: gone[name] for name in RULES}, index=people.index)


def told(removed: pd.DataFrame) -> pd.DataFrame:
    """Of `who_may`, a row per rule: rule, alone (whom it removes), first (of these whom none above does), only (whom
    no other does, so that they could be written to without it)."""
    hits = removed.to_numpy(bool)
    first = hits & (hits.cumsum(axis=1) == 1)
    only = hits & (hits.sum(axis=1, keepdims=True) == 1)
    counted = {name: each.sum(axis=0) for name, each in (("alone", hits), ("first", first), ("only", only))}
    return pd.DataFrame({"rule": [*removed.columns], **counted})


def allowed(removed: pd.DataFrame) -> np.ndarray:
    """Whom no rule removes: bool (n,)."""
    return ~removed.to_numpy(bool).any(axis=1)


def rule_named(rule: str) -> Note:
    """What a rule removes, in words. Raises Refused where there is none of this name."""
    if rule not in RULES:
        raise Refused("contact_rule.unknown", name=rule)
    return note(f"contact_rule.{rule}")


def addresses(people: pd.DataFrame) -> pd.Series:
    """Their e-mails without what does not tell them apart; missing where there is none."""
    email = people["email"].astype(object)
    return email.where(email.notna(), "").map(lambda text: alike(str(text))).replace("", None)


def _since(when: pd.Series, days: int, now: datetime) -> np.ndarray:
    moment = now.astimezone(UTC).replace(tzinfo=None) if now.tzinfo else now
    moments = pd.to_datetime(when, utc=True).dt.tz_localize(None)
    return (
        (moments > pd.Timestamp(moment) - pd.Timedelta(days=days)).to_numpy(bool) if days else np.zeros(len(when), bool)
    )


def _again(email: pd.Series, removed: np.ndarray) -> np.ndarray:
    """Whose address somebody else has, too, who comes first: of those whom no rule removes, else of the others."""
    order = np.argsort(removed, kind="stable")
    seen = email.iloc[order]
    again = np.empty(len(email), bool)
    again[order] = (seen.duplicated() & seen.notna()).to_numpy()
    return again
