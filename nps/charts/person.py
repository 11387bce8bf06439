"""One person's use and answers over time."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, GROUPS, INK
from nps.wording import _, names

NAMED, ROOM = 4, 1.5  # events whose names have room; how much higher the axis is than its highest bar, for scores


def timeline(weeks: pd.DataFrame, answers: pd.DataFrame, events: pd.DataFrame, height: int) -> alt.LayerChart | None:
    """Bars for use by week, a dot with the score for each answer, a line for each event; None where nothing has a date.

    weeks    week, features, as `measures.person.weeks` gives it
    answers  responded_at, score, group
    events   day, name: what people marked
    """
    told = answers.dropna(subset=["responded_at"])
    days = pd.concat([weeks["week"], told["responded_at"]])
    if days.empty:
        return None
    first, last = (day.normalize() - pd.Timedelta(days=day.weekday()) for day in (days.min(), days.max()))
    starts = pd.Series(pd.date_range(first, last, freq="7D"))
    labels = axes.period_labels(starts, "week")

    def placed(rows: pd.DataFrame, day: str) -> pd.DataFrame:
        return rows.assign(label=labels.to_numpy()[starts.searchsorted(rows[day], side="right") - 1])

    x, there = axes.along(labels), events["day"].between(first, last + pd.Timedelta(days=6))
    layers = [
        *_events(placed(events[there], "day"), x),
        *_use(placed(weeks, "week"), x),
        *_scores(placed(told, "responded_at"), x),
    ]
    return alt.layer(*layers).properties(height=height, width="container", description=_("Use and answers over time"))


def _use(rows: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    if rows.empty:
        return []
    tooltip = [
        alt.Tooltip("label:N", title=_("Week from")),
        alt.Tooltip("features:Q", title=_("Features in use"), format=","),
    ]
    scale = alt.Scale(domain=[0, float(ROOM * rows["features"].max())], nice=False)
    y = alt.Y("features:Q", title=_("Features in use"), scale=scale, axis=alt.Axis(tickMinStep=1, tickCount=4))
    return [alt.Chart(rows).mark_bar(color=ACCENT, opacity=0.8).encode(x=x, y=y, tooltip=tooltip)]


def _events(rows: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    if rows.empty:
        return []
    base = alt.Chart(rows[["label", "name"]]).encode(x=x, tooltip=alt.Tooltip("name:N", title=_("What happened")))
    line = base.mark_rule(color=INK, strokeDash=[3, 3], opacity=0.5)
    name = base.mark_text(align="left", dx=6, fontSize=12, color=INK, limit=180).encode(y=alt.value(44))
    return [line, name.encode(text="name:N") if len(rows) <= NAMED else name.encode(text=alt.value("●"))]


def _scores(rows: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
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
    base = alt.Chart(said[["label", "score", "group", "when"]]).encode(x=x, tooltip=tooltip)
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
