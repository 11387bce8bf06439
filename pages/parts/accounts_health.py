"""The health of one account, or person: never alone, always with its parts, their raw figures, and how it went."""

import pandas as pd
import streamlit as st

from nps.charts import accounts as charts
from nps.charts.vegalite import compiled
from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.measures.health import falls
from nps.measures.rules import FALLS_BY
from nps.wording import _
from nps.wording import accounts as wording
from pages.parts import accounts_frames, accounts_settings, popover, show, tables
from pages.session import access, keys, views

HEIGHT, HISTORY = 220, keys.of_widget("health_history")  # pixels; a place to open, as 26 weeks take a while


def parts(watched: Watched, account: str, now: Watching) -> None:
    """Each part with its place, its raw figure and its weight."""
    with st.container(horizontal=True, vertical_alignment="center"):
        show.heading(_("Health, by its parts"))
        st.space("stretch")
        with popover.opened(_("Weights"), "weights", icon=":material/balance:", type="tertiary") as opened:
            if opened:
                accounts_settings.weights(watched, now.weights, works=access.works())
    row, facts = accounts_frames.health(watched, now).loc[account], watched.facts().loc[account]
    codes = [code for code in watched.figures() if pd.notna(row[f"{code}_raw"])]
    frame = pd.DataFrame(
        {
            "part": [wording.part(code) for code in codes],
            "place": [row[code] for code in codes],
            "raw": [wording.figure(code, facts, len(watched.keys)) for code in codes],
            "weight": [getattr(now.weights, code) for code in codes],
        }
    )
    if frame.empty:
        st.caption(_("No part of it is known."))
        return
    place = _("Of 100 like it so many have less: 50 is the middle")
    columns = {
        "part": st.column_config.TextColumn(_("Part"), width=136),
        "place": st.column_config.ProgressColumn(
            _("Place"), width=96, format="%.0f", min_value=0, max_value=100, help=place
        ),
        "raw": st.column_config.TextColumn(_("Figure"), width=270),
        "weight": tables.figure(_("Weight"), width=60),
    }
    tables.table(frame.round({"place": 0}), columns, "health_parts", _("Health, by its parts"))
    known, total = wording.known(row["known_weight"], row["in_play"]), show.number(row["health"])
    group = watched.groups.named(watched.table.index.get_loc(account))
    show.text(
        _(
            "Health {health}, {known}: the mean of the places by their weights, {group}.",
            health=total,
            known=known,
            group=group,
        )
    )
    st.caption(wording.of_health())


@views.held
def _weeks(watched: Watched, now: Watching) -> pd.DataFrame:
    """Health of all, week by week, as each is told beside the others of that week."""
    return watched.health_history(now.weights)


@views.shared
def _history(watched: Watched, account: str, now: Watching) -> tuple[pd.DataFrame, dict | None, bool]:
    frame = _weeks(watched, now)
    frame = frame[frame["id"] == account].drop(columns="id")
    until = pd.Timestamp(watched.weekly.as_of)
    frame = frame.assign(day=until - pd.to_timedelta(7 * frame["week"], unit="D"))
    fell = bool(falls(frame["health"].to_numpy(float)[None, :])[0])
    known = frame.dropna(subset=["health"])
    return frame, compiled(charts.history(known, HEIGHT)) if len(known) > 1 else None, fell


def history(watched: Watched, account: str, now: Watching) -> None:
    """How health went in the last 26 weeks, by the weights of today."""
    with st.expander(_("How health went"), key=HISTORY.name, icon=":material/timeline:", on_change="rerun") as opened:
        if not opened.open:
            return
        with st.spinner(_("Working out 26 weeks…")):
            frame, drawn, fell = _history(watched, account, now)
        if drawn is None:
            st.caption(_("It is known in too few weeks."))
            return
        if fell:
            show.text(
                _("It falls: two weeks running it is {n} under the middle of the eight weeks before.", n=FALLS_BY)
            )
        show.chart("health", _("Health by week"), drawn)
        st.caption(_("Data and groups of each week; plan, seats, open tickets and weights of today."))
        columns = {"day": st.column_config.DateColumn(_("Week until")), "health": tables.figure(_("Health"), "%.0f")}
        columns |= {
            code: tables.figure(wording.part(code), "%.0f") for code in watched.figures() if frame[code].notna().any()
        }
        tables.table(frame[::-1].reset_index(drop=True), columns, "health_weeks", _("Health by week"))
