"""Metrics: a number of people that conditions hold for, week by week or month by month, which can be saved."""

import pandas as pd
import streamlit as st

import nps
from nps.charts import followed as charts
from nps.charts.vegalite import compiled
from nps.measures.rules import MIN_SHOWN
from nps.who.metric import Metric
from nps.wording import _, names
from pages.parts import metric_asked, saved, show, tables
from pages.session import access, sets, views

HEIGHT = 256  # pixels
LATEST = {"week": 26, "month": 24}


def followed(panel: nps.Panel) -> None:
    """The metric of the widgets over time, and those that were saved."""
    metric = metric_asked.asked(panel)
    try:
        with st.spinner(_("Counting…")):
            frame, chart = _view(panel, str(metric))
    except nps.InputError as refused:
        show.problem(refused.note)
    else:
        show.text(metric.told)
        _drawn(frame, chart)
        if access.works():
            saved.saving(sets.METRIC, (str(metric),))
    _listed(str(metric))


@views.shared
def _view(panel: nps.Panel, line: str) -> tuple[pd.DataFrame, dict | None]:
    """Its figures and their chart, without scores, shares and means of fewer than 10. Raises InputError."""
    metric = Metric.of(line)
    frame = panel.followed(metric, LATEST[metric.every])
    if metric.what != "people":
        few = frame["of"] < MIN_SHOWN
        frame = frame.assign(**{name: frame[name].mask(few) for name in ("number", "low", "high")})
    if frame["number"].notna().sum() == 0:
        return frame, None
    return frame, compiled(charts.followed(frame, metric.what, metric.every, HEIGHT))


def _drawn(frame: pd.DataFrame, chart: dict | None) -> None:
    if chart is None:
        st.info(_("There is no whole week or month yet of which this can be told."), icon=":material/info:")
        return
    show.chart("metric", _("Metric over time"), chart)
    st.caption(_("Of everybody in the data, whatever the filters say; whole weeks or months only."))
    if frame["value"].nunique() > charts.MOST:
        st.caption(_("Drawn are the {n} values of most people; the others stand in the numbers.", n=charts.MOST))
    columns = {
        "period": st.column_config.DateColumn(_("Begins")),
        "value": _("Value"),
        "people": tables.figure(_("People")),
        "number": tables.figure(_("Number"), "%.1f"),
        "low": tables.figure(_("Interval from")),
        "high": tables.figure(_("to")),
    }
    told = frame.dropna(axis=1, how="all").assign(value=frame["value"].map(names.value))
    kept = {name: label for name, label in columns.items() if name in told and (name != "value" or told[name].any())}
    tables.numbers(told[[*kept]], "metric", kept)


def _listed(shown: str) -> None:
    """What was saved; a click on one shows it."""
    known = sets.known(sets.METRIC)
    if not known:
        return
    show.heading(_("Saved metrics"))
    told = [str(sets.metric(each).told) for each in known]
    rows = pd.DataFrame({"name": [each.name for each in known], "told": told})
    columns = {"name": _("Name"), "told": _("What it counts")}
    mark = "changed" if shown not in [each.lines[0] for each in known] else ""
    tables.table(rows, columns, "metrics", _("Saved metrics"), opens=lambda n: _show(known[n]), afresh=mark)
    if access.works():
        saved.gone(sets.METRIC, known)


def _show(kept: sets.Kept) -> None:
    metric_asked.show_again(sets.metric(kept))
