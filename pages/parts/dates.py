"""Which days of answers count."""

from datetime import timedelta

import streamlit as st

import nps
from nps.wording import _, narrowing
from pages.parts.narrowed import KEPT, place
from pages.session import filters, kept, keys

QUICK = ("all", "30", "90", "quarter")


def dates(panel: nps.Panel) -> None:
    """The days of the answers, where they have any."""
    if panel.period:
        label = narrowing.span(*(filters.selection().period or panel.period))
        with place(label, "dates", "calendar_today") as opened:
            if opened:
                _dates(panel)


def _dates(panel: nps.Panel) -> None:
    """The last days, the quarter, since an event, or days of one's own."""
    spoken = {
        "all": _("All"),
        "30": _("Last 30 days"),
        "90": _("Last 90 days"),
        "quarter": _("This quarter"),
    }
    ranges = {name: _range(panel, name) for name in QUICK}
    period = filters.selection().period
    keys.QUICK_RANGE.follow(next((name for name, days in ranges.items() if days == period), None))
    st.pills(
        *(_("Answered in"), QUICK),
        format_func=spoken.get,
        key=keys.QUICK_RANGE.name,
        on_change=_quick,
        args=(ranges,),
    )
    first, last = panel.period
    since = {
        _("{event}, {day}", event=event.name, day=event.day): event.day.date() for event in kept.events().itertuples()
    }
    if since:
        keys.SINCE_EVENT.follow(next((said for said, day in since.items() if period == (day, last)), None))
        st.selectbox(
            *(_("Since an event"), list(since)),
            key=keys.SINCE_EVENT.name,
            placeholder=_("Choose an event"),
            on_change=_since,
            args=(since, last),
        )
    st.date_input(_("Answered between"), key=keys.PERIOD.name, min_value=first, max_value=last, value=(), **KEPT)


def _range(panel: nps.Panel, name: str) -> tuple | None:
    """First and last day, counted back from the last answer; None for all."""
    first, last = panel.period
    if name == "all":
        return None
    if name == "quarter":
        return max(first, last.replace(month=3 * ((last.month - 1) // 3) + 1, day=1)), last
    return max(first, last - timedelta(days=int(name) - 1)), last


def _quick(ranges: dict[str, tuple | None]) -> None:
    keys.PERIOD.put(ranges.get(keys.QUICK_RANGE.get() or "all") or ())


def _since(days: dict, last: object) -> None:
    if (day := days.get(keys.SINCE_EVENT.get())) and day <= last:
        keys.PERIOD.put((day, last))
