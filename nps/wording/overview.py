"""The sentence that a page begins with."""

from nps.measures.headline import Headline
from nps.measures.rules import MIN_SHOWN
from nps.measures.score import Score
from nps.wording import names
from nps.wording.speech import _, several
from nps.wording.words import points


def of_headline(found: Headline) -> str:
    """How the score last turned, by how much, and who accounts for a part of it."""
    facts = {"points": abs(found.points), "before": points(found.nps_before), "after": points(found.nps_after)}
    if found.direction == "rose":
        said = _("NPS rose {points:.0f} points: {before} before {day}, {after} since.", day=found.began, **facts)
    else:
        said = _("NPS fell {points:.0f} points: {before} before {day}, {after} since.", day=found.began, **facts)
    if found.mover is None or round(found.mover.points) == 0:
        return said
    mover = _(
        "People with {segment} {value} account for {part:.0f} of them.",
        segment=names.segment(found.mover.segment),
        value=names.value(found.mover.value),
        part=abs(found.mover.points),
    )
    return f"{said} {mover}"


def of_score(measured: Score) -> str:
    """The score where nothing is known to have changed."""
    if measured.responses < MIN_SHOWN:
        return several(
            "1 answer: too few for NPS, which needs {least}.",
            "{n} answers: too few for NPS, which needs {least}.",
            **{"n": measured.responses, "least": MIN_SHOWN},
        )
    return _("NPS is {nps}, from {answers} answers.", nps=points(measured.nps), answers=measured.responses)
