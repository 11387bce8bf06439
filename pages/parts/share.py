"""Share: the link of this view and what it holds, the page as a report, its charts as pictures, its tables as CSV."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nps import report
from nps.charts import export
from nps.report import Block, Drawing
from nps.wording import _
from pages.parts import popover, show
from pages.session import keys, leaving, links, shown


def share(place: DeltaGenerator) -> None:
    """Fill the place with what the page that has just run shows; nothing where it shows nothing."""
    if shown.blocks():
        with place, popover.opened(_("Share"), "share", icon=":material/ios_share:") as opened:
            if opened:
                _share()


def _share() -> None:
    headline, basis, blocks = keys.HEADLINE.get(), shown.basis(), shown.blocks()
    st.code(links.address(), language=None)
    st.caption(_("Whoever opens this link sees the same data, filters, selection and view."))
    _file("report", _("Report (HTML, prints well)"), "html", "text/html", partial(_report, headline, basis, blocks))
    for place, chart in enumerate(shown.charts()):
        st.text(chart.title)
        with st.container(horizontal=True, gap="small"):
            for kind, mime in export.KINDS.items():
                _file(chart.name, kind.upper(), kind, mime, partial(_picture, chart, basis, kind), place)
    for place, table in enumerate(shown.tables()):
        st.text(table.title)
        show.table_file(_("CSV"), table.named, f"{named(table.name)}.csv", f"share_table_{place}", type="tertiary")


def named(name: str) -> str:
    """What a file is called: "nps-over-time-2026-11-27"."""
    return f"{name}-{date.today()}"


def _file(name: str, label: str, kind: str, mime: str, make: Callable[[], bytes], place: int = 0) -> None:
    file = f"{named(name)}.{kind}"
    made = leaving.written(file, make)
    show.download(label, file, mime, made, f"share_{name}_{kind}_{place}", type="tertiary")


def _picture(chart: Drawing, basis: Sequence[str], kind: str) -> bytes:
    return export.drawn([export.titled(chart.chart, chart.title, basis)], kind)[0]


def _report(headline: str, basis: Sequence[str], blocks: Sequence[Block]) -> bytes:
    charts = [export.titled(block.chart, block.title, ()) for block in blocks if isinstance(block, Drawing)]
    return report.page(headline, basis, blocks, export.drawn(charts, "svg") if charts else [], date.today())
