"""Sources: what is loaded, and three ways to other data: the sample, files, a database."""

import streamlit as st

import nps
from nps.wording import _, several
from pages.parts import choose, connect, connection, datasets, drop, show, upload
from pages.session import access, data, databases, keys, links


def views() -> None:
    """The parts of the Data page; where there is no team, who did what stands here."""
    labels = {"sources": _("Sources"), "survey_health": _("Survey health"), "rows": _("Rows")}
    if not access.has_people():
        labels["audit"] = _("Audit")
    choose.choice(_("View"), labels, key="data_view", label_visibility="collapsed")


def sources(panel: nps.Panel) -> None:
    """What is loaded, with ways to other data; where nobody brought any, the ways come first."""
    if data.dataset() is None:
        _first_visit(panel)
    else:
        _loaded(panel)
        datasets.listed()
        show.heading(_("Bring other files"))
        st.caption(_types())
        files = drop.ask(st.columns(len(data.TABLES)))
        upload.confirm(files)
        with st.expander(_("Connect a database"), icon=":material/database:", expanded=_busy()):
            connect.confirm(connect.tables(connection.chosen()))


def _types() -> str:
    return _("CSV, Excel, JSON, Parquet, SQLite, DuckDB, or a zip of them")


def _busy() -> bool:
    """Whether a database is looked at, or there is something to say of one."""
    return databases.shown() or keys.CONNECT_PROBLEM.known


def _first_visit(panel: nps.Panel) -> None:
    if links.awaits_upload():
        show.headline(_("This link shows data that somebody uploaded"))
        st.caption(_("Bring the same files, and it opens as it was."))
    else:
        show.headline(_("See your own answers, or look around in the sample"))
    datasets.problem()
    datasets.listed()
    sample, own, database = st.columns([1, 1.6, 1], gap="medium")
    with sample, st.container(border=True, height="stretch"):
        show.heading(_("Sample"))
        st.text(_("Slateboard, a made-up whiteboard tool. It is shown until you bring data."))
        _figures(panel, wide=False)
        back = {"on_click": _to_sample, "key": "open_sample", "icon": ":material/home:"}
        st.button(_("Look at the sample"), **back)
    with own, st.container(border=True, height="stretch"):
        show.heading(_("Your files"))
        st.caption(_types())
        files = drop.ask([st.container() for _table in data.TABLES])
    with database, st.container(border=True, height="stretch"):
        show.heading(_("Your database"))
        st.text(_("Tables are read where they are. A user who may only read is enough."))
        chosen = connection.chosen()
    upload.confirm(files)
    connect.confirm(connect.tables(chosen))


def _to_sample() -> None:
    if keys.AWAITED.get():
        data.use_sample()
    links.go(links.OVERVIEW)


def _loaded(panel: nps.Panel) -> None:
    answers = several("1 answer is loaded", "{n} answers are loaded", n=len(panel.answers))
    show.headline(answers, str(data.dataset().name))
    _figures(panel, wide=True)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(_("Open the overview"), on_click=links.go, args=(links.OVERVIEW,), icon=":material/home:")
        if panel.report is not None:
            rows = {"on_click": links.view, "args": (links.DATA,), "kwargs": {"view": "rows"}, "key": "see_why"}
            st.button(_("What came of every row"), icon=":material/checklist:", type="tertiary", **rows)
        st.button(
            _("Back to the sample"), on_click=data.use_sample, icon=":material/undo:", key="use_sample", type="tertiary"
        )
    connect.offer_refresh()
    datasets.of_this()


def _figures(panel: nps.Panel, *, wide: bool) -> None:
    figures = {
        _("Answers"): len(panel.answers),
        _("People who answered"): len(panel.latest_positions),
        _("Features and pages"): len(panel.features),
        _("Rows left out"): len(panel.rejected),
    }
    if not wide:
        st.caption(" · ".join(f"{label}: {count:,}" for label, count in figures.items()))
        return
    with st.grid(4, min_column_width=150):
        for label, count in figures.items():
            show.figure(label, f"{count:,}")
