"""What there is to know, as one page that needs nothing else, for mail and cron: counts only, nobody's name."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

import nps
from nps import report
from nps.charts import export, trend
from nps.charts.vegalite import compiled
from nps.measures.rules import MIN_SHOWN
from nps.report import Block, Drawing, Figure, Heading, Listing, Words
from nps.wording import _, headlines, overview, words
from nps.wording import reasons as of_reasons

FINDINGS, REASONS, HEIGHT = 6, 8, 220


class Digest(NamedTuple):
    """What it says: the first sentence, how sure that is, and everything else in its order."""

    first: str
    sure: str
    blocks: tuple[Block, ...]


def told(panel: nps.Panel, events: pd.DataFrame, due: Sequence[Block]) -> Digest:
    """Score, what changed, findings, reasons, and what is due, as it is handed in.

    events  day, name: what people marked
    """
    chosen = panel.select(nps.Selection(survey=panel.main_surveys)).per_person
    headline = chosen.headline()
    first = overview.of_change(headline) if headline else overview.of_score(chosen.score)
    blocks = (*_figures(chosen), *_over_time(chosen, events), *_findings(chosen), *_reasons(chosen), *due)
    return Digest(first, words.interval(chosen.score), blocks)


def page(digest: Digest, today: date) -> bytes:
    """The same as HTML."""
    charts = [export.titled(each.chart, each.title, ()) for each in digest.blocks if isinstance(each, Drawing)]
    pictures = export.drawn(charts, "svg") if charts else []
    return report.page(digest.first, [digest.sure], digest.blocks, pictures, today)


def _figures(chosen: nps.Chosen) -> Iterator[Block]:
    measured = chosen.score
    yield Figure("NPS", words.points(measured.nps) if measured.responses >= MIN_SHOWN else "—")
    for label, name in ((_("Promoters"), "promoters"), (_("Detractors"), "detractors")):
        yield Figure(label, words.percent(getattr(measured, name) / max(measured.responses, 1)))
    yield Figure(_("People who answered"), f"{measured.responses:,}")


def _over_time(chosen: nps.Chosen, events: pd.DataFrame) -> Iterator[Block]:
    if not chosen.panel.dated:
        return
    title, frame = _("NPS over time"), chosen.trend()
    if (frame["responses"] >= MIN_SHOWN).any():
        yield Heading(title)
        yield Drawing("trend", title, compiled(trend.trend(frame, "month", events, None, HEIGHT)))
    for alarm in chosen.alarms().itertuples(index=False):
        yield Words(headlines.of_alarm(alarm))


def _findings(chosen: nps.Chosen) -> Iterator[Block]:
    yield Heading(_("What to look at first"))
    found = chosen.findings()
    if found.empty:
        yield Words(headlines.nothing_holds(found.attrs["findable"]))
    for row in found.head(FINDINGS).itertuples():
        yield Words(headlines.of_finding(row))


def _reasons(chosen: nps.Chosen) -> Iterator[Block]:
    given = chosen.reasons().iloc[:-1]
    said = given[given["people"] > 0].head(REASONS)
    if len(said):
        names = {"name": _("Reason"), "people": _("People")}
        names |= {side: of_reasons.heading(side) for side in ("love", "dislike", "wish")}
        yield Listing("reasons", _("Reasons they give"), said, names)
