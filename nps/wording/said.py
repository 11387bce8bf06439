"""What people think and say, in lines for whoever reads no page."""

from collections.abc import Iterator

import pandas as pd

from nps.chosen import Chosen
from nps.measures.rules import MIN_SHOWN
from nps.measures.score import Score
from nps.selection import Repeats
from nps.wording import reasons
from nps.wording.speech import _
from nps.wording.words import percent


def lines(chosen: Chosen) -> Iterator[str]:
    """How many wrote something; then each reason, feature and word that anybody told, with who did."""
    own, given, named = chosen.per_person, chosen.reasons(), chosen.mentions()
    wrote = int(own.cube.wrote[own.inside].sum())
    yield reasons.headline(len(own.places), wrote, int(given["people"].iloc[-1]))
    yield _("Each person's latest answer counts; detractors are compared with promoters.")
    yield from _table(_("Reasons they give:"), given.assign(name=[*given["name"][:-1], _("No reason we know")]), wrote)
    yield from _table(_("Features they name:"), named.assign(name=named["feature"]), wrote)
    if len(found := chosen.words_apart()):
        yield _("Words that set them apart:")
        yield from (f"  {_of_word(row)}" for row in found.itertuples())


def _table(title: str, frame: pd.DataFrame, wrote: int) -> Iterator[str]:
    said = frame[frame["people"] > 0]
    if len(said):
        yield title
        yield from (f"  {_of_row(row, wrote)}" for row in said.itertuples())


def _of_row(row, wrote: int) -> str:
    """One reason or feature; few writers have no share."""
    told = {
        name: getattr(row, name) for name in ("name", "people", "love", "dislike", "wish", "detractors", "promoters")
    }
    told |= {"of_detractors": row.of_detractors, "of_promoters": row.of_promoters, "share": percent(row.share)}
    if wrote < MIN_SHOWN:
        return _("{name}: {people}; love {love}, dislike {dislike}, wish {wish}", **told)
    if row.flagged:
        return _(
            "{name}: {people} ({share}); love {love}, dislike {dislike}, wish {wish}; {detractors} of "
            "{of_detractors} detractors, {promoters} of {of_promoters} promoters; differs, {sure}",
            sure=reasons.sure(row.q),
            **told,
        )
    return _(
        "{name}: {people} ({share}); love {love}, dislike {dislike}, wish {wish}; {detractors} of "
        "{of_detractors} detractors, {promoters} of {of_promoters} promoters",
        **told,
    )


def _of_word(row) -> str:
    facts = {"term": row.term, "people": row.people, "rest": row.people_rest}
    return _("{term}: {people} detractors, {rest} promoters", **facts)


def of_score(measured: Score, repeats: Repeats) -> tuple[str, str, str]:
    """The score, how it comes about, and which answers count."""
    interval = {"nps": measured.nps, "low": measured.low, "high": measured.high}
    score = _("NPS {nps:+.1f}, 95% interval {low:+.1f} to {high:+.1f}", **interval)
    groups = {name: int(getattr(measured, name)) for name in ("responses", "promoters", "passives", "detractors")}
    if repeats == Repeats.ALL:
        counted = _(
            "{responses} answers: {promoters} promoters (9-10), {passives} passives (7-8), "
            "{detractors} detractors (0-6)",
            **groups,
        )
        return score, counted, _("Every answer counts; the interval takes each person's answers together.")
    counted = _(
        "{responses} people: {promoters} promoters (9-10), {passives} passives (7-8), {detractors} detractors (0-6)",
        **groups,
    )
    return score, counted, _("Each person's latest answer counts.")
