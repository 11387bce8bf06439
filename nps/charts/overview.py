"""Distribution of scores and the score over time."""

import altair as alt
import pandas as pd

from nps.charts import axes
from nps.charts.palette import ACCENT, GROUPS, INK
from nps.measures.rules import EXCELLENT, MIN_SHOWN, WORLD_CLASS
from nps.measures.score import Score
from nps.wording import _, headlines, names

ALARMS = {"fell": "▼", "rose": "▲"}


def distribution(frame: pd.DataFrame, height: int) -> alt.LayerChart:
    """How many gave each score. Frame: score, group, responses, share."""
    tooltip = [
        alt.Tooltip("score:O", title=_("Score")),
        alt.Tooltip("group:N", title=_("Group")),
        alt.Tooltip("responses:Q", title=_("Answers"), format=","),
        alt.Tooltip("share:Q", title=_("Share"), format=".0%"),
    ]
    x = alt.X("score:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    rows = frame.assign(group=frame["group"].astype(str).map(names.group))
    base = alt.Chart(rows).encode(x=x, tooltip=tooltip)
    scale = alt.Scale(domain=[*map(names.group, GROUPS)], range=[*GROUPS.values()])
    many = alt.Y("responses:Q", axis=None)
    bars = base.mark_bar(cornerRadiusEnd=2).encode(y=many, color=alt.Color("group:N", scale=scale, legend=None))
    counts = base.mark_text(dy=-7, color=INK).encode(y=many, text=alt.Text("responses:Q", format=","))
    said = _("Answers by score from 0 to 10")
    return (bars + counts).properties(height=height, width="container", description=said)


def gauge(measured: Score) -> alt.LayerChart:
    """The score and its interval on the whole scale, with the usual reading bands: 0, 50 and 70."""
    edges = [-100, 0, EXCELLENT, WORLD_CLASS, 100]
    readings = [_("below 0"), _("good"), _("excellent"), _("world class")]
    bands = pd.DataFrame({"from": edges[:-1], "to": edges[1:], "said": readings})
    across = {"scale": alt.Scale(domain=[-100, 100], nice=False), "title": None}
    axis = alt.Axis(values=[-100, -50, 0, EXCELLENT, WORLD_CLASS, 100], grid=False, ticks=False, domain=False)
    ground = (
        alt.Chart(bands)
        .mark_bar(height=14, color=INK, stroke=None)
        .encode(
            x=alt.X("from:Q", axis=axis, **across),
            x2="to:Q",
            opacity=alt.Opacity("from:O", scale=alt.Scale(range=[0.06, 0.12, 0.18, 0.26]), legend=None),
            tooltip=alt.Tooltip("said:N", title=_("Reading")),
        )
    )
    here = pd.DataFrame([measured._asdict()])
    span = alt.Chart(here).mark_rule(color=ACCENT, strokeWidth=3).encode(x=alt.X("low:Q", **across), x2="high:Q")
    point = alt.Chart(here).mark_circle(color=ACCENT, size=140, opacity=1).encode(x=alt.X("nps:Q", **across))
    return (ground + span + point).properties(height=64, description=_("The score on the scale from -100 to 100"))


def trend(frame: pd.DataFrame, period: str | int, events: pd.DataFrame, alarms: pd.DataFrame) -> alt.LayerChart:
    """The score per period with its interval; periods under 10 answers are not drawn.

    period  day, week, month or quarter; how many days each point holds where it is rolling
    frame   period, responses, nps, low, high, as `Chosen.trend` or `Chosen.rolling` gives it
    events  day, name: what people marked
    alarms  at, direction, began, as `Chosen.alarms` gives it
    """
    frame = frame.assign(label=axes.period_labels(frame["period"], period))
    shown = frame[frame["responses"] >= MIN_SHOWN]
    x = axes.along(frame["label"])
    tooltip = [
        alt.Tooltip("label:N", title=names.step(period)),
        *axes.score(),
    ]
    base = alt.Chart(shown).encode(x=x, tooltip=tooltip)
    y = alt.Y("low:Q", title=_("NPS"), scale=alt.Scale(domain=[-100, 100]))
    band = base.mark_rule(color=ACCENT, opacity=0.35, strokeWidth=6, strokeCap="round").encode(y=y, y2="high:Q")
    line = base.mark_line(color=ACCENT, point=alt.OverlayMarkDef(color=ACCENT, size=50)).encode(y="nps:Q")
    layers = [band, line]
    for rows, mark in (
        (_marked(frame, events), "●"),
        *((_alarmed(frame, alarms[alarms["direction"] == way]), mark) for way, mark in ALARMS.items()),
    ):
        layers += _notes(rows, x, mark) if len(rows) else []
    said = _("NPS by {period} with 95% intervals and events", period=names.period(period))
    return alt.layer(*layers).properties(height=300, description=said)


def _notes(rows: pd.DataFrame, x: alt.X, mark: str) -> list[alt.Chart]:
    """A vertical line where something happened, with its name above."""
    base = alt.Chart(rows).encode(x=x, tooltip=alt.Tooltip("said:N", title=_("What happened")))
    line = base.mark_rule(color=INK, strokeDash=[4, 3], opacity=0.5)
    top = base.mark_text(color=INK, dy=-8, text=mark).encode(y=alt.value(0))
    return [line, top]


def _marked(frame: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Events at the period that holds their day; those outside the chart are left out."""
    return _placed(frame, events["day"], events["name"])


def _alarmed(frame: pd.DataFrame, alarms: pd.DataFrame) -> pd.DataFrame:
    said = [headlines.of_direction(alarm.direction, alarm.began) for alarm in alarms.itertuples()]
    return _placed(frame, alarms["at"], pd.Series(said, alarms.index, dtype=object))


def _placed(frame: pd.DataFrame, days: pd.Series, said: pd.Series) -> pd.DataFrame:
    place = frame["period"].searchsorted(pd.to_datetime(days), side="right") - 1
    known = (place >= 0) & (len(frame) > 0)
    labels = frame["label"].to_numpy()[place[known]] if len(frame) else []
    return pd.DataFrame({"label": labels, "said": said.to_numpy()[known]})
