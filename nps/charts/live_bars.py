"""Bars that count inside the brush while it moves: the browser's half of what `nps.measures` answers on release."""

from typing import NamedTuple, Self

import altair as alt
import pandas as pd

from nps.charts.brush import INSIDE
from nps.charts.palette import ACCENT, INK
from nps.charts.vegalite import aggregate, calculate, caption, literal, marks, number, sentence, text, title
from nps.measures.rules import GREY_BELOW, MIN_SHOWN
from nps.wording import _

LINE = 25  # height of one name with its bar, in pixels
DOWN = 6  # from the middle of a line to its bar
_PARTS = {name: f"format(datum.{name}, '.1f')" for name in ("share", "rest")}


class Base(NamedTuple):
    """Of whom the shares are, as expressions that say so: above the bars, and for each bar beside others or alone."""

    legend: str
    both: str
    alone: str

    @classmethod
    def of_everybody(cls) -> Self:
        """Of whoever is selected, against who is not."""
        share, rest = _PARTS["share"], _PARTS["rest"]
        return cls(
            sentence(_("Share of your selection | {everyone}"), everyone="everyone"),
            sentence(
                _("{share}% of the selection, {rest}% of {everyone}"), share=share, rest=rest, everyone="everyone"
            ),
            sentence(_("{share}% of the selection"), share=share),
        )

    @classmethod
    def of_writers(cls) -> Self:
        """Of whoever is selected and wrote something, against others who did."""
        return cls(
            literal(_("Of your selection's writers | other writers")),
            sentence(_("{share}% of those selected who wrote something, {rest}% of others who did"), **_PARTS),
            sentence(_("{share}% of those selected who wrote something"), share=_PARTS["share"]),
        )


def live_bars(rows: pd.DataFrame, by: tuple[str, str], width: int, base: Base | None = None) -> alt.LayerChart | None:
    """One line per name, in order of appearance; without a name, None.

    Where the brush holds all scores: the score with its interval. Else the share of the selection, with a tick for the
    share of everyone else.

    rows  name, x, y, n (people per cell, by its centre), deff, t (of the name's score); name "" counts everybody
    by    the titles, of scores and of shares: expressions
    base  of whom the shares are; None: of everybody
    """
    base = base or Base.of_everybody()
    names = [name for name in dict.fromkeys(rows["name"]) if name]
    if not names:
        return None
    lines = alt.layer(
        *_marks(width),
        data=rows[["name", "x", "y", "n", "deff", "t"]],
        transform=_counts() + _figures(base),
        encoding=alt.FacetedEncoding(
            y=text("name", scale={"domain": names, "padding": 0}, axis=None),
            tooltip=[text("name", title=_("Name")), text("said", title=_("Here")), number("n", title=_("People"))],
        ),
    )
    nothing, score = literal(_("Nothing covered: draw wider")), literal(_("Bar: NPS, line: its 95% interval"))
    return alt.layer(
        lines,
        caption({"expr": f"nowhere ? {nothing} : whole ? {score} : {base.legend}"}, width),
        width=width,
        height=LINE * len(names),
        title=title({"expr": "whole ? {} : {}".format(*by)}, width),
    )


def _marks(width):
    """A line: name, figure and count above a track that holds the bar, its interval or everyone else's share."""
    ink, at_zero = {"color": INK, "aria": False}, {"datum": 0}
    beam, tick = {"type": "bar", "size": 7, "yOffset": DOWN}, {"type": "tick", "size": 11, "yOffset": DOWN, **ink}
    rule = {"type": "rule", "strokeWidth": 1.5, "opacity": 0.8, "yOffset": DOWN, **ink}
    words = {"type": "text", "fontSize": 12, "dy": -7, **ink}
    name, figure = words | {"align": "left", "limit": width - 98}, words | {"align": "right"}
    pale = {"condition": {"test": f"whole && datum.n < {GREY_BELOW}", "value": 0.45}, "value": 1}
    bar = {"x": _along("value"), "x2": at_zero, "opacity": pale, "description": text("aria")}
    scored, shared = (
        [{"filter": f"whole && datum.n >= {MIN_SHOWN} && isValid(datum.low)"}],
        [{"filter": "!whole && isValid(datum.rest)"}],
    )
    return [
        marks(beam | ink | {"opacity": 0.08}, {"x": {"value": 0}, "x2": {"value": width}}),
        marks(tick | {"opacity": 0.5, "thickness": 1}, {"x": at_zero}),
        marks(beam | {"color": ACCENT}, bar),
        marks(rule, {"x": _along("low"), "x2": {"field": "high"}}, transform=scored),
        marks(tick | {"thickness": 2}, {"x": _along("rest")}, transform=shared),
        marks(name, {"x": {"value": 0}, "text": text("name")}),
        marks(figure, {"x": {"value": width - 44}, "text": text("figure")}),
        marks(figure | {"opacity": 0.65}, {"x": {"value": width}, "text": text("people")}),
    ]


def _along(field):
    """A score from -100 to 100, or a share in percent."""
    axis = {
        "values": {"expr": "whole ? [-100, -50, 0, 50, 100] : [0, 25, 50, 75, 100]"},
        "labelExpr": "whole ? datum.label : datum.label + '%'",
        "grid": False,
        "labelPadding": 2,
    }
    return number(field, title=None, scale={"domain": {"expr": "whole ? [-100, 100] : [0, 100]"}}, axis=axis)


def _counts():
    """Per name, inside the brush: n, net (promoters - detractors), polar (promoters + detractors). And total."""
    sums = {"n": "sum", "net": "sum", "polar": "sum", "deff": "max", "t": "max"}
    largest = [{"op": "max", "field": "n", "as": "selected"}, {"op": "max", "field": "total", "as": "everybody"}]
    return [
        *calculate(net="datum.y >= 9 ? datum.n : datum.y <= 6 ? -datum.n : 0", polar="abs(datum.net)", inside=INSIDE),
        aggregate(["name", "inside"], **sums),
        *calculate(total="datum.n", n="datum.inside ? datum.n : 0"),
        *calculate(net="datum.inside ? datum.net : 0", polar="datum.inside ? datum.polar : 0"),
        aggregate(["name"], **sums, total="sum"),
        {"joinaggregate": largest},
        {"filter": "datum.name !== ''"},
    ]


def _figures(base):
    """What the counts say: the score with the interval of `nps.measures.clusters`, the shares in percent."""
    rest = "100 * (datum.total - datum.n) / (datum.everybody - datum.selected)"
    variance = "(datum.polar / datum.deff + 1.5) / datum.worth - datum.middle * datum.middle"
    few, short = f"datum.n < {MIN_SHOWN}", literal(_("too few"))
    return calculate(
        score="100 * datum.net / datum.n",
        worth="datum.n / datum.deff + 3",
        middle="datum.net / datum.deff / datum.worth",
        margin=f"datum.t * sqrt(({variance}) / datum.worth)",
        low="100 * max(-1, min(datum.middle - datum.margin, datum.score / 100))",
        high="100 * min(1, max(datum.middle + datum.margin, datum.score / 100))",
        share="datum.selected ? 100 * datum.n / datum.selected : 0",
        rest=f"datum.everybody > datum.selected ? {rest} : null",
        value=f"!whole ? datum.share : datum.n < {MIN_SHOWN} ? 0 : datum.score",
        figure=f"whole ? ({few} ? {short} : format(datum.score, '.0f')) : format(datum.share, '.0f') + '%'",
        people=sentence(_("n {count}"), count="format(datum.n, datum.n < 10000 ? ',' : '.3~s')"),
        said=f"whole ? ({few} ? {literal(_('too few for NPS'))} : {_score()}) : {_share(base)}",
        aria=sentence(_("{name}: {said}, n = {n}"), name="datum.name", said="datum.said", n="datum.n"),
    )


def _score():
    """A score, with its interval where there is one."""
    low, high, score = (f"format(datum.{name}, '.1f')" for name in ("low", "high", "score"))
    sure = sentence(_("NPS {score} ({low} to {high})"), score=score, low=low, high=high)
    return f"isValid(datum.low) ? {sure} : {sentence(_('NPS {score}'), score=score)}"


def _share(base):
    """The share of the selection, and of everyone else where there is anybody."""
    return f"isValid(datum.rest) ? {base.both} : {base.alone}"
