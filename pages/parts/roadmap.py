"""The roadmap: what was decided of features, and of findings that were kept; ticked, they are changed or taken away."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.notes import decoded
from nps.wording import _, several
from pages.parts import choose, decided, owners, picked, show
from pages.session import access, data, deciding, following, links
from pages.session.deciding import FEATURE, FINDING


def view(above: DeltaGenerator) -> None:
    """All of one kind, as a list that leaves as CSV and Markdown, and below it what can be done about those ticked."""
    kinds = {FEATURE: _("Features"), FINDING: _("Findings")}
    with st.container(horizontal=True, vertical_alignment="center"):
        kind = choose.choice(_("Of what"), kinds, key="decided_of", label_visibility="collapsed")
        st.space("stretch")
        if kind == FEATURE:
            show.people_file(_("CSV"), deciding.roadmap(), "roadmap.csv", "roadmap_csv", type="tertiary")
            mime = {"mime": "text/markdown", "make": deciding.markdown(), "key": "roadmap_markdown"}
            show.download(_("Markdown"), deciding.MARKDOWN, type="tertiary", **mime)
    rows = deciding.of_features() if kind == FEATURE else deciding.listed(FINDING)
    with above:
        _headline(rows, kind)
    if rows.empty:
        _nothing(kind)
        return
    ids = rows["id"].tolist()
    title = _("Roadmap") if kind == FEATURE else _("Findings that were kept")
    wide = ("about", "decided")
    places = picked.table(_told(rows, kind), ids, _columns(kind), "roadmap", title, wide=wide, first="about")
    if places:
        _about(rows.iloc[places], kind)
    else:
        st.caption(_("Tick one or several to change them."))


def _headline(rows: pd.DataFrame, kind: str) -> None:
    open_ = rows[rows["state"] == "open"]
    late = int((open_["until"].fillna("9999") < f"{following.today():%Y-%m-%d}").sum())
    if kind == FEATURE:
        told = several("1 feature is on the roadmap", "{n} features are on the roadmap", n=len(rows))
        none = _("No feature is on the roadmap yet")
    else:
        told = several("1 finding was kept", "{n} findings were kept", n=len(rows))
        none = _("No finding was kept yet")
    beneath = _("{open} open, {late} overdue", open=len(open_), late=late)
    show.headline(told if len(rows) else none, *([beneath] if len(rows) else []))


def _nothing(kind: str) -> None:
    if kind == FEATURE:
        st.caption(_("Open a feature and choose “Decide”: fix it, keep it strong, promote it, sunset it or watch it."))
        st.page_link("features.py", label=_("Open the features"), icon=":material/category:")
    else:
        st.caption(_("On the overview, choose “Keep as a decision” below what to look at first."))
        st.page_link("overview.py", label=_("Open the overview"), icon=":material/dashboard:")


def _told(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    known, today = owners.names(), f"{following.today():%Y-%m-%d}"
    late = (rows["state"] == "open") & (rows["until"].fillna("9999") < today)
    return rows.assign(
        about=rows["about"] if kind == FEATURE else [_short(each) for each in rows["told"]],
        verdict=rows["verdict"].map(deciding.named, na_action="ignore"),
        state=rows["state"].map(deciding.named),
        owner=rows["owner"].map(lambda each: owners.called(each, known)),
        until=pd.to_datetime(rows["until"]),
        when=late.map({True: _("overdue")}),
        made_at=pd.to_datetime(rows["made_at"]),
        made_by=rows["made_by"].map(lambda each: owners.called(each, known)),
    )


def _short(told: str) -> str:
    """A finding without what it rests on, which stands below when it is ticked."""
    found = decoded(told)
    return str(found.values.get("told", found))


def _columns(kind: str) -> dict:
    return {
        "verdict": st.column_config.TextColumn(_("What to do"), width=110),
        "about": st.column_config.TextColumn(
            _("Feature") if kind == FEATURE else _("Finding"), width=160 if kind == FEATURE else 300
        ),
        "decided": st.column_config.TextColumn(_("Decided"), width=240),
        "state": st.column_config.TextColumn(_("State"), width=90),
        "owner": st.column_config.TextColumn(_("Owner"), width=130),
        "until": st.column_config.DateColumn(_("Until"), width=100),
        "when": st.column_config.TextColumn("", width=80),
        "made_by": st.column_config.TextColumn(_("Decided by"), width=110),
        "made_at": st.column_config.DateColumn(_("Decided on"), width=100),
    }


def _about(rows: pd.DataFrame, kind: str) -> None:
    """The form of one; of several at once their state, or that they go."""
    if len(rows) == 1 and kind == FEATURE:
        wanted = {"view": "decisions", "feature": rows["about"].iloc[0]}
        how = {"icon": ":material/category:", "type": "tertiary", "key": "decided_feature"}
        st.button(_("The feature"), on_click=links.go, args=("features",), kwargs=wanted, **how)
    if len(rows) == 1 and kind == FINDING:
        _then_and_now(rows.iloc[0])
    if access.works():
        decided.form(rows, kind)


def _then_and_now(decision: pd.Series) -> None:
    try:
        decided.then_and_now(decision, deciding.now(data.panel(), decision["about"]))
    except nps.InputError as refused:
        show.text(refused.note)
