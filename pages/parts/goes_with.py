"""Which features and reasons go with leaving, or growing, account by account."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

import nps
from nps.chosen import alongside
from nps.measures.cells import feature_labels
from nps.measures.score import POINTS
from nps.wording import _, afterwards, reasons
from pages.parts import accounts_model, choose, show, tables
from pages.parts.asked import asked
from pages.session import views, watching

FEW = 5  # rows that are shown where none holds


@views.shared
def _compared(panel: nps.Panel, outcome: str, what: str) -> pd.DataFrame:
    watched = watching.watched(panel)
    if what == "feature":
        found = alongside.by_feature(watched, outcome)
        return found.assign(name=feature_labels(found))
    found = alongside.by_reason(watched, outcome)
    return found.assign(name=[reasons.theme(panel.rules, key) for key in found["theme"]])


def goes_with(panel: nps.Panel) -> None:
    """What holds as sentences, and a table each of features and of reasons. Who uses what is not chosen at random."""
    quick = len(panel.accounts.table) <= accounts_model.FEW
    with asked(_("What goes with leaving and growing"), "goes_with_opened", quick=quick) as filled:
        if filled:
            _compare(panel)


def _compare(panel: nps.Panel) -> None:
    outcome = choose.choice(_("What came after"), _outcomes(), key="goes_with", label_visibility="collapsed")
    with st.spinner(_("Comparing accounts…")):
        found = {what: _told(panel, outcome, what) for what in ("feature", "reason")}
    for what, told in found.items():
        _shown(told, outcome, what)
    counted = _(
        "Each account counts once, as it stood on one day: what it used in the 13 weeks before, against what came in "
        "weeks 5 to 17 after. Others like it: as active, of the same plan and size, seen on the same day."
    )
    st.caption(f"{counted} {_('This shows what goes together, not what causes what.')}")


def _outcomes() -> dict[str, str]:
    return {"churn": _("Leaving"), "expansion": _("Growing")}


class Told(NamedTuple):
    """What holds in sentences; what to say where nothing does; what was compared, those that hold first."""

    holds: list[str]
    instead: str
    rows: pd.DataFrame


@views.shared
def _told(panel: nps.Panel, outcome: str, what: str) -> Told:
    frame = _compared(panel, outcome, what)
    compared = frame[frame["difference"].notna()].sort_values("q", kind="stable")
    held = compared[compared["robust"]]
    if compared.empty:
        return Told([], afterwards.too_few(what), compared)
    sentences = [afterwards.goes_with(row, outcome, what) for _place, row in held.iterrows()]
    nothing = "" if sentences else afterwards.nothing(len(compared), float(compared["findable"].median()))
    return Told(sentences, nothing, _filled(pd.concat([held, compared[~compared["robust"]].head(FEW)])))


def _shown(told: Told, outcome: str, what: str) -> None:
    for sentence in told.holds:
        show.text(sentence)
    if not told.holds:
        st.caption(told.instead)
    if len(told.rows):
        tables.table(told.rows, _columns(outcome, what), f"goes_with_{what}", _outcomes()[outcome])


def _filled(rows: pd.DataFrame) -> pd.DataFrame:
    shares = [("happened", "accounts"), ("others_happened", "others")]
    told = {f"share_{n}": [afterwards.share(*pair) for pair in zip(rows[n], rows[of], strict=True)] for n, of in shares}
    spans = [afterwards.span(row) for _place, row in rows.iterrows()]
    verdicts = rows["robust"].map({True: _("holds"), False: _("may be chance")})
    return rows.assign(**told, points=POINTS * rows["difference"], span=spans, verdict=verdicts)


def _columns(outcome: str, what: str) -> tables.Columns:
    left = {"churn": _("Left"), "expansion": _("Grew")}[outcome]
    rest = {"churn": _("Others who left"), "expansion": _("Others who grew")}[outcome]
    name = {"feature": _("Feature"), "reason": _("Reason")}[what]
    like = _("Against others like them, in points")
    return {
        "name": st.column_config.TextColumn(name, width=160),
        "share_happened": st.column_config.TextColumn(left, width=120),
        "share_others_happened": st.column_config.TextColumn(rest, width=120),
        "points": tables.figure(_("Difference"), "%+.0f", width=90, help=like),
        "span": st.column_config.TextColumn(_("Between"), width=100, help=_("95% interval")),
        "verdict": st.column_config.TextColumn(_("Verdict"), width=110),
    }
