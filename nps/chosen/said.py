"""What the people of a selection say: reasons they give, features they name, words that set them apart, comments."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from nps.chosen.selected import Asked, Selected
from nps.comments import Feature
from nps.measures import comments, reasons, trend, words
from nps.measures.named import OF_PEOPLE, OF_REST
from nps.notes import InputError, note

Between = Literal["groups", "rest"]


@dataclass(frozen=True, eq=False, repr=False)
class Said(Selected[Asked]):
    """A selection, and what its people say: each counts once, by the latest answer, also where all answers count."""

    @property
    def between(self) -> str:
        """Whom p, q and flagged compare.

        "rest", the selection and everyone else, where a region is drawn; "groups", its detractors and its promoters.
        """
        return OF_PEOPLE if self.selection.region.everything else OF_REST

    def reasons(self, between: Between | None = None) -> pd.DataFrame:
        """One row per theme, the largest share first, last those who give no reason we know (theme "").

        theme, name, people, share, low, high, love, dislike, wish, nps, nps_low, nps_high, share_rest, detractors,
        promoters, of_detractors, of_promoters, p, q, flagged: see `measures.reasons`
        """
        names, scored = [str(theme.called) for theme in self.panel.rules.read], self.selection.region.all_scores
        return reasons.of_themes(self.per_person.cube, names, self.inside, self._between(between), scored=scored)

    def mentions(self, between: Between | None = None) -> pd.DataFrame:
        """One row per feature, the largest share first: kind, feature, the columns of `reasons` from people on, and

        low_detractors, high_detractors, low_promoters, high_promoters, used_by, verdict ("named, hardly used", "used,
        never named" or ""): see `measures.reasons`
        """
        scored = self.selection.region.all_scores
        found = reasons.of_features(self.per_person.cube, self.inside, self._between(between), scored=scored)
        told = {code: str(note(f"mention.{code}")) for code in (reasons.HARDLY, reasons.NEVER)}
        return found.assign(verdict=found["verdict"].replace(told))

    def words_apart(self, between: Between | None = None) -> pd.DataFrame:
        """Words and pairs that more of one side's comments hold, those that tell most first, at most 30.

        term, people, share, people_rest, share_rest (the first and the second side of `between`), z, p, q
        """
        return words.setting_apart(self.per_person.cube, self.inside, self._between(between))

    def comments(
        self, theme: str | None = None, feature: str | Feature | None = None, side: str | None = None
    ) -> pd.DataFrame:
        """One row per person, the latest first: person_id, name, role, score, group, responded_at, comment, themes,
        sides, features, by_score, because. See `measures.comments.table`."""
        return comments.table(self.per_person.cube, self.inside, theme, feature, side)

    def reasons_trend(self, period: str = "month") -> pd.DataFrame:
        """theme, period, commenters, people, share, low, high; of a person the latest answer inside each period counts.

        Last those who give no reason we know (theme "").
        """
        if period not in trend.PERIODS:
            raise InputError("measures.step", steps=tuple(trend.PERIODS))
        return reasons.over_time(self.panel, self.dated(), period)

    def _between(self, asked: str | None) -> str:
        if asked not in (None, OF_PEOPLE, OF_REST):
            raise InputError("measures.between", sides=(OF_PEOPLE, OF_REST))
        return asked or self.between
