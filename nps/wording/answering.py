"""What surveys were sent and answered, and how many people to ask, as sentences."""

import pandas as pd

from nps.measures.nonresponse import Reweighted
from nps.measures.planner import Spread, answers, each_group, invitations
from nps.measures.rules import HOLDS_BELOW, PLANNED_FROM, POWER, SURELY_BELOW
from nps.measures.score import Score
from nps.wording import names
from nps.wording.speech import _
from nps.wording.words import percent, points


def regression() -> str:
    """Why who answered low answers higher the next time."""
    return _(
        "People who answered low tend to answer higher the next time and people who answered high lower, even if "
        "nothing changed: about half of all detractors move up on their own. Read the mean change of everybody."
    )


def of_surveys(groups: dict[str, tuple[str, ...]], counted: tuple[str, ...] | None) -> str:
    """Which surveys are counted, where they are of different kinds."""
    kinds = "; ".join(
        _("{kind} ({surveys})", kind=names.kind(kind), surveys=tuple(map(names.value, surveys)))
        for kind, surveys in groups.items()
    )
    if counted is None:
        return _(
            "Surveys of different kinds: {kinds}. All are counted together, as you chose: they do not measure the same "
            "thing.",
            kinds=kinds,
        )
    surveys = tuple(map(names.value, counted))
    return _("Surveys of different kinds: {kinds}. Counted: {surveys}.", kinds=kinds, surveys=surveys)


def of_after_what(row: pd.Series) -> str:
    """How much more often answers come just after something than on a typical day."""
    facts = {name: row[name] for name in ("ratio", "low", "high", "just", "answers")}
    if not isinstance(row["feature"], str):
        return _(
            "Answers come {ratio:.1f} times as often within a day of any use at all as on a typical day "
            "(between {low:.1f} and {high:.1f}; {just} of {answers} answers).",
            **facts,
        )
    return _(
        "Answers come {ratio:.1f} times as often within a day of {feature} as on a typical day "
        "(between {low:.1f} and {high:.1f}; {just} of {answers} answers).",
        feature=row["feature"],
        **facts,
    )


def sure(q: float) -> str:
    """How sure a difference is: sure where 1 of 100 such may be chance, else likely, else no more than chance."""
    if q < SURELY_BELOW:
        return _("sure")
    return _("likely") if q < HOLDS_BELOW else _("no more than chance")


def of_reweighted(raw: Score, found: Reweighted) -> str:
    """The raw score beside the one re-weighted for activity."""
    return _(
        "In those days NPS is {nps} (between {low} and {high}, {n} answers); re-weighted for activity {again} (between "
        "{again_low} and {again_high}, as from {worth:,.0f} answers).",
        nps=points(raw.nps),
        low=points(raw.low),
        high=points(raw.high),
        n=raw.responses,
        again=points(found.nps),
        again_low=points(found.low),
        again_high=points(found.high),
        worth=found.n_eff,
    )


def of_plan(margin: float, gap: float, rate: float, of: Spread) -> list[str]:
    """How many answers, and people to ask for them, give a margin; and find a difference between two groups."""
    wanted, each = answers(margin, of), each_group(gap, of)
    return [
        _(
            "For NPS to within {margin:g} points, {wanted} answers; where {rate} answer, ask {people} people.",
            margin=margin,
            wanted=wanted,
            rate=percent(rate),
            people=invitations(wanted, rate),
        ),
        _(
            "To find a difference of {gap:g} points between two groups {often} times in 5, {each} answers of each; ask "
            "{people} people of each.",
            gap=gap,
            often=round(5 * POWER),
            each=each,
            people=invitations(each, rate),
        ),
        " ".join(_basis(of)),
    ]


def _basis(of: Spread) -> list[str]:
    """What a plan goes by."""
    said = [
        _("Counted with how far apart scores lie in the answers selected here.")
        if of.measured
        else _(
            "Counted with how far apart scores lie in a typical survey, as fewer than {few} answers are selected.",
            few=PLANNED_FROM,
        )
    ]
    if of.design >= 1.05:
        said.append(
            _(
                "Answers of one account are alike: it takes {times:.1f} times as many as if all were strangers.",
                times=of.design,
            )
        )
    return said
