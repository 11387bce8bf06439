"""One person's use: figures, by feature, what stopped, and against people like them."""

import pandas as pd
import streamlit as st

from nps.chosen.person import Person
from nps.measures import person
from nps.measures.peers import missed
from nps.weekly import WEEK
from nps.wording import _, names, several
from nps.wording import person as told
from pages.parts import show, tables
from pages.session import screen


def figures(who: Person) -> None:
    """Use of the last 13 weeks, beside that of the 13 before; when somebody was seen first and last."""
    life = who.life
    if life is None:
        return
    now, before = (person.lately(life.days, life.as_of, days) for days in (0, person.QUARTER))
    window = _("In the 13 weeks until {day}", day=life.as_of)
    with st.grid(6 if screen.step() in ("XL", "L", "ML") else 3, min_column_width=150):
        for label, amount, was in (
            (_("Active days"), now.days, before.days),
            (_("Minutes"), now.minutes, before.minutes),
            (_("Uses"), now.uses, before.uses),
            (_("Features and pages"), now.features, before.features),
        ):
            if pd.notna(amount) or pd.notna(was):
                amount, was = (0 if pd.isna(each) else each for each in (amount, was))
                beside = _("{n} in the 13 weeks before", n=round(was))
                show.figure(label, f"{amount:,.0f}", beside=beside, help=window)
        if life.first or not life.last:
            show.figure(_("First seen"), names.full_day(life.first) if life.first else show.UNKNOWN)
        ago = several("1 day ago", "{n} days ago", n=(life.as_of - life.last).days) if life.last else ""
        until = _("Counted back from {day}, the last day of the usage", day=life.as_of)
        show.figure(_("Last seen"), names.full_day(life.last) if life.last else show.UNKNOWN, beside=ago, help=until)


def stopped(who: Person) -> None:
    """What somebody used regularly, and does not any more."""
    if who.stopped is None:
        return
    show.heading(_("Stopped"))
    if len(who.stopped):
        show.bullet([told.stopped(row) for row in who.stopped.itertuples()])
    else:
        st.caption(_("Nothing that was used often enough to be missed has stopped."))


def against(who: Person) -> None:
    """How somebody's use of the last 13 weeks stands among that of people like them."""
    if who.life is None or who.life.last is None:
        return
    with st.spinner(_("Counting use by week…")):
        peers = who.peers
    if peers is None:
        return
    show.heading(told.against(peers))
    called = {"days": _("Active days"), "uses": _("Uses"), "features": _("Features and pages")}
    rows = peers.figures.assign(measure=peers.figures.index.map(called))
    columns = {
        "measure": _("In 13 weeks"),
        "own": tables.figure(_("This person"), "%.0f"),
        "typical": tables.figure(_("Middle one"), "%.0f"),
        "above": tables.figure(_("More than"), "percent", help=_("Share of them with less, and half of the same")),
    }
    tables.table(rows[[*columns]], columns, "person_peers", _("Against people like them"))
    if len(many := missed(peers, who.features[who.features["days"] > 0])):
        said = [told.not_used(row.feature, row.reach) for row in many.itertuples()]
        show.text(_("Most of them use, and this person does not: {features}.", features=", ".join(said)))


def features(who: Person) -> None:
    """Everything that was used in the last year, the most used lately first."""
    rows = who.features
    if rows is None or rows.empty:
        return
    show.heading(_("Features and pages"))
    filled = [
        name for name in _columns() if rows[name].notna().any() and (name != "kind" or rows["kind"].nunique() > 1)
    ]
    tables.table(rows[filled], _columns(), "person_features", _("Features and pages"))
    st.caption(_("Of the last 365 days; figures are of the 13 weeks until {day}.", day=who.life.as_of))


def _columns() -> tables.Columns:
    return {
        "feature": st.column_config.TextColumn(_("Feature"), width=180),
        "kind": _("Kind"),
        "weeks": st.column_config.BarChartColumn(_("Days by week"), y_min=0, y_max=WEEK, width=160),
        "days": tables.figure(_("Active days")),
        "before": tables.figure(_("13 weeks before")),
        "uses": tables.figure(_("Uses")),
        "minutes": tables.figure(_("Minutes")),
        "last_at": st.column_config.DateColumn(_("Last used")),
        "reach": tables.figure(_("Used by people like them"), "percent"),
    }
