"""One person's use and answers over time."""

from datetime import date

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, GROUPS, INK
from nps.charts.vegalite import literal
from nps.wording import _, names

NAMED, ROOM = 4, 1.5  # events whose names have room; how much higher the axis is than its highest bar, for scores
MONTHS, MOST_MONTHS = 3, 15  # in a quarter; from which on quarters alone are named
LEAST = 91  # days that are drawn
GAP = 0.15  # of a day or week, between two bars


def timeline(
    use: pd.DataFrame, answers: pd.DataFrame, events: pd.DataFrame, height: int, last: date | None = None
) -> alt.LayerChart | None:
    """Bars for use, a dot with the score for each answer, a line for each event; None where nothing has a date.

    use      begins, days (how many each bar stands for), amount, label (the same for all: what is counted), said
    answers  responded_at, score, group
    events   day, name: what people marked, joining and leaving
    last     the last day that is known of anybody
    """
    told = answers.dropna(subset=["responded_at"])
    ends = use["begins"] + pd.to_timedelta(use["days"] - 1, unit="D")
    days = pd.concat([use["begins"], ends, told["responded_at"]])
    if days.empty:
        return None
    until = max(days.max().normalize(), pd.Timestamp(last or days.max().normalize()))
    first = min(days.min().normalize(), until - pd.Timedelta(days=LEAST - 1))
    span = (until - first).days + 1
    x = _along(first, span)
    events = events.assign(day=pd.to_datetime(events["day"]))
    there = events["day"].between(first, until)
    layers = [
        *_events(_placed(events[there], "day", first), x),
        *_use(_placed(use, "begins", first), x),
        *_scores(_placed(told, "responded_at", first), x),
    ]
    return alt.layer(*layers).properties(height=height, width="container", description=_("Use and answers over time"))


def _placed(rows: pd.DataFrame, day: str, first: pd.Timestamp) -> pd.DataFrame:
    """With its day, counted from the first: `at`."""
    return rows.assign(at=(rows[day].dt.normalize() - first).dt.days)


def _along(first: pd.Timestamp, span: int) -> dict:
    """Days from the first on, with the names of months, or of quarters, where they begin."""
    begins = pd.date_range(first, periods=span, freq="D")
    begins = begins[begins.day == 1]
    quarters = len(begins) > MOST_MONTHS
    begins = begins[(begins.month % MONTHS == 1) | (not quarters)]
    places = [(day - first).days for day in begins]
    called = ", ".join(literal(names.quarter(day) if quarters else names.month(day)) for day in begins)
    axis = alt.Axis(
        values=places,
        labelExpr=f"[{called}][indexof({places}, datum.value)]",
        labelAngle=0,
        labelOverlap=True,
        labelFlush=False,
        grid=False,
    )
    return {"title": None, "scale": {"domain": [-0.5, span - 0.5], "nice": False}, "axis": axis}


def _use(rows: pd.DataFrame, x: dict) -> list[alt.Chart]:
    if rows.empty:
        return []
    label = rows["label"].iloc[0]
    drawn = rows.assign(
        when=rows["begins"].map(names.full_day).astype("str"),
        left=rows["at"] - 0.5 + GAP / 2 * rows["days"],
        right=rows["at"] - 0.5 + (1 - GAP / 2) * rows["days"],
    )[["left", "right", "amount", "when", "said"]]
    several = bool((rows["days"] > 1).all())
    tooltip = [
        alt.Tooltip("when:N", title=_("Week from") if several else _("Day")),
        alt.Tooltip("amount:Q", title=label, format=",.0f"),
        *([alt.Tooltip("said:N", title=_("Most used"))] if rows["said"].ne("").any() else []),
    ]
    scale = alt.Scale(domain=[0, float(ROOM * rows["amount"].max())], nice=False)
    y = alt.Y("amount:Q", title=label, scale=scale, axis=alt.Axis(tickMinStep=1, tickCount=4))
    bars = alt.Chart(drawn).mark_rect(color=ACCENT, opacity=0.8)
    return [bars.encode(x=alt.X("left:Q", **x), x2="right:Q", y=y, y2=alt.Y2Datum(0), tooltip=tooltip)]


def _events(rows: pd.DataFrame, x: dict) -> list[alt.Chart]:
    """Lines, with their names on the side where there is more room."""
    late, few = rows["at"] > x["scale"]["domain"][1] / 2, len(rows) <= NAMED
    sides = (rows[~late], {"align": "left", "dx": 6}), (rows[late], {"align": "right", "dx": -6})
    return [layer for part, where in sides if len(part) for layer in _named(part, x, where, few=few)]


def _named(rows: pd.DataFrame, x: dict, where: dict, *, few: bool) -> list[alt.Chart]:
    tooltip = alt.Tooltip("name:N", title=_("What happened"))
    base = alt.Chart(rows[["at", "name"]]).encode(x=alt.X("at:Q", **x), tooltip=tooltip)
    line = base.mark_rule(color=INK, strokeDash=[3, 3], opacity=0.5)
    name = base.mark_text(fontSize=12, color=INK, limit=180, **where).encode(y=alt.value(44))
    return [line, name.encode(text="name:N") if few else name.encode(text=alt.value("●"))]


def _scores(rows: pd.DataFrame, x: dict) -> list[alt.Chart]:
    if rows.empty:
        return []
    said = rows.assign(
        when=rows["responded_at"].map(names.full_day).astype("str"),
        group=rows["group"].astype(str).map(names.group),
    )
    tooltip = [
        alt.Tooltip("when:N", title=_("Answered")),
        alt.Tooltip("score:Q", title=_("Score")),
        alt.Tooltip("group:N", title=_("Group")),
    ]
    colours = alt.Scale(domain=[*map(names.group, GROUPS)], range=[*GROUPS.values()])
    base = alt.Chart(said[["at", "score", "group", "when"]]).encode(x=alt.X("at:Q", **x), tooltip=tooltip)
    colour = alt.Color("group:N", scale=colours, legend=None)
    return [
        base.mark_rule(color=INK, opacity=0.25).encode(y=alt.value(28), y2=alt.value("height")),
        base.mark_circle(size=160, opacity=1).encode(y=alt.value(28), color=colour),
        base.mark_text(fontSize=14, fontWeight="bold", color=INK).encode(y=alt.value(10), text="score:Q"),
    ]


def use(frame: pd.DataFrame) -> alt.Chart:
    """What a person used before an answer. Frame: label, uses, typical (median uses of other users)."""
    order = frame["label"].tolist()
    y = axes.down("label", order)
    tooltip = [
        alt.Tooltip("label:N", title=_("Feature")),
        alt.Tooltip("uses:Q", title=_("Uses"), format=",.0f"),
        alt.Tooltip("typical:Q", title=_("Typical user"), format=",.0f"),
    ]
    base = alt.Chart(frame).encode(y=y, tooltip=tooltip)
    bars = base.mark_bar(color=ACCENT, size=12).encode(
        x=alt.X("uses:Q", title=_("Uses in the window"), axis=alt.Axis(tickMinStep=1))
    )
    ticks = base.mark_tick(color=INK, thickness=2, size=18).encode(x="typical:Q")
    return (bars + ticks).properties(height=axes.height(order), description=_("Uses by feature"))
