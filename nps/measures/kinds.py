"""What kind of survey each one is: relational or transactional; and which may stand in one number (methods 5).

A relational survey asks everybody now and then what they think of the product. A transactional one asks whoever just
did something what they think of that. Their scores measure different things.
"""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from nps.banding import NONE
from nps.measures.rules import BUSY_WEEKS, IN_BUSY_WEEKS, MIN_ANSWERS, MIN_KIND_WEEKS, RARELY_SOON, SOON_DAYS

RELATIONAL, TRANSACTIONAL, UNKNOWN = "relational", "transactional", "unknown"
KINDS = (RELATIONAL, TRANSACTIONAL, UNKNOWN)
WORDS = {
    RELATIONAL: r"relation\w*|rnps|waves?|pulse|tracker|periodic|(bi ?|semi ?)?(annual|monthly|yearly)|half yearly|"
    r"quarter(ly)?|q[1-4]|h[12]|spring|summer|autumn|winter",
    TRANSACTIONAL: r"transaction\w*|tnps|after|post|events?|tickets?|support|help ?desk|cases?|chats?|calls?|"
    r"onboarding|purchases?|checkout|orders?|delivery|installation|renewal|trial|demo|training|webinar|cancell?ation|"
    r"exit|churn",
}
TYPE = re.compile(r"^(survey|nps|campaign|poll) (type|kind|category)$")


def table(answers: pd.DataFrame, segments: Iterable[str] = ()) -> pd.DataFrame:
    """One row per survey, the largest first: survey, kind, told_by, answers, people, first, last.

    answers   person_id, survey, responded_at, and the segments; answers without a survey are one, called (none)
    segments  columns that may say the type of a survey; where one does it decides, then the name, then behaviour
    told_by   "type", "name", "dates", or "" for an unknown kind
    """
    of = answers["survey"].fillna(NONE).astype(str)
    types = next((answers[name].astype(str) for name in segments if TYPE.match(_plain(name))), None)
    end = answers["responded_at"].max()
    rows = []
    for survey, own in answers.groupby(of, sort=True):
        kinds = {
            "type": _one(by_words(value) for value in types[own.index].unique()) if types is not None else UNKNOWN,
            "name": by_words(survey),
            "dates": by_dates(own, end),
        }
        told_by = next((how for how, kind in kinds.items() if kind != UNKNOWN), "")
        when = own["responded_at"]
        facts = (len(own), own["person_id"].nunique(), when.min(), when.max())
        rows.append((survey, kinds.get(told_by, UNKNOWN), told_by, *facts))
    frame = pd.DataFrame(rows, columns=["survey", "kind", "told_by", "answers", "people", "first", "last"])
    return frame.sort_values("answers", ascending=False, kind="stable", ignore_index=True)


def groups(surveys: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Kind -> names of its surveys, for the kinds that occur; surveys of one kind may be counted together."""
    named = surveys.groupby("kind")["survey"].agg(lambda names: tuple(sorted(names)))
    return {kind: named[kind] for kind in KINDS if kind in named}


def main(surveys: pd.DataFrame) -> tuple[str, ...] | None:
    """The surveys to count unless somebody chooses: the relational ones, without any the kind with most answers.

    None, all of them, where there is only one kind.
    """
    by_kind = groups(surveys)
    if len(by_kind) < 2:
        return None
    return by_kind[RELATIONAL if RELATIONAL in by_kind else surveys.groupby("kind")["answers"].sum().idxmax()]


def by_words(text: str) -> str:
    """The kind that words tell; unknown where none does, or where they tell both."""
    plain = _plain(text)
    return _one(kind for kind, words in WORDS.items() if re.search(rf"\b({words})\b", plain))


def by_dates(answers: pd.DataFrame, end: pd.Timestamp) -> str:
    """The kind that the dates of a survey's answers tell, from its first answer to the `end` of all data.

    Relational: the busiest quarter of the weeks holds at least 80% of the answers, and at most one person in 20
    answered again within 30 days. Transactional: at least 80% of the weeks hold answers, and more people than that
    answered again so soon.
    Unknown: anything else, under 30 dated answers, or under 8 weeks.
    """
    dated = answers[["person_id", "responded_at"]].dropna().sort_values("responded_at", kind="stable")
    when = dated["responded_at"]
    if len(dated) < MIN_ANSWERS or (weeks := (end - when.min()).days // 7 + 1) < MIN_KIND_WEEKS:
        return UNKNOWN
    counts = np.sort(np.bincount((when - when.min()).dt.days // 7, minlength=weeks))[::-1]
    again = dated.loc[when.groupby(dated["person_id"]).diff() < pd.Timedelta(days=SOON_DAYS), "person_id"].nunique()
    rarely = again <= RARELY_SOON * dated["person_id"].nunique()
    if rarely and counts[: int(weeks * BUSY_WEEKS)].sum() >= IN_BUSY_WEEKS * len(dated):
        return RELATIONAL
    return TRANSACTIONAL if not rarely and (counts > 0).mean() >= IN_BUSY_WEEKS else UNKNOWN


def _one(kinds: Iterable[str]) -> str:
    """The kind that all of them are."""
    distinct = {*kinds}
    return distinct.pop() if len(distinct) == 1 else UNKNOWN


def _plain(text: str) -> str:
    """Words in small letters, one space between them: `Post-onboarding_NPS` is post onboarding nps."""
    spaced = re.sub(r"(?<=[a-z]{2})(?=[A-Z])", " ", text)
    return " ".join(re.findall(r"\w+", spaced.replace("_", " ").casefold()))
