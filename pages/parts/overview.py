"""The overview: what to know first, its figures, and how people answered."""

from datetime import date

import streamlit as st

import nps
from nps.charts import overview as charts
from nps.charts.vegalite import compiled
from nps.measures.headline import Headline
from nps.measures.rules import MIN_SHOWN
from nps.measures.score import Difference, Score
from nps.wording import _, overview, several, words
from pages.parts import counted, show
from pages.session import views

Days = tuple[date, date]
BOX = 208  # pixels of a box in the last row


@views.shared
def turned(chosen: nps.Chosen) -> Headline | None:
    """How the score last turned."""
    return chosen.headline()


@views.shared
def _distribution(chosen: nps.Chosen) -> dict:
    return compiled(charts.distribution(chosen.distribution, BOX - 76))


@views.shared
def _sides(chosen: nps.Chosen, before: Days, after: Days) -> list[Score]:
    return [chosen.during(days).score for days in (before, after)]


@views.shared
def _by_activity(chosen: nps.Chosen) -> tuple[Score, Score, Difference]:
    return chosen.by_activity()


def headline(chosen: nps.Chosen) -> None:
    """How the score moved, or where it stands; of chosen scores, how many people they are."""
    measured, found = chosen.score, turned(chosen)
    if not chosen.selection.region.all_scores:
        chosen_by = _("They were chosen by their scores, so NPS says nothing of them.")
        show.headline(several("1 person is selected.", "{n} people are selected.", n=measured.responses), chosen_by)
    elif found is None:
        show.headline(overview.of_score(measured), help=words.interval(measured))
    else:
        show.headline(overview.of_change(found), *overview.of_mover(found), help=overview.of_span(found))


def figures(chosen: nps.Chosen) -> None:
    """NPS, promoters, detractors and who answered, each with its change since the score turned."""
    measured, found, cut = chosen.score, turned(chosen), not chosen.selection.region.all_scores
    sides = _sides(chosen, found.before, found.after) if found else None
    beside = overview.against(found) if found else ""
    with st.grid(4, min_column_width=150):
        change = words.signed(found.points) if found and not cut else None
        scored = words.points(measured.nps) if measured.responses >= MIN_SHOWN and not cut else "—"
        show.figure("NPS", scored, change, beside, help=words.interval(measured))
        for label, name in ((_("Promoters"), "promoters"), (_("Detractors"), "detractors")):
            share = getattr(measured, name) / max(measured.responses, 1)
            moved = overview.of_shares(*(getattr(s, name) / max(s.responses, 1) for s in sides)) if sides else None
            people = several("1 person", "{n} people", n=getattr(measured, name))
            show.figure(label, words.percent(share), None if cut else moved, people)
        show.figure(_("People who answered"), f"{len(chosen.per_person.places):,}", *_answered(chosen))


@views.shared
def _answered(chosen: nps.Chosen) -> tuple[str | None, str]:
    """The share of active people who answered lately, where that is known."""
    if (recent := chosen.recent) is None:
        return None, several("1 answer", "{n} answers", n=len(chosen.places))
    frame = recent.who_answered()
    share = words.percent(frame["respondents"].sum() / max(frame["users"].sum(), 1))
    return _("{share} of active people", share=share), _("lately")


def distribution(chosen: nps.Chosen) -> None:
    """How many gave each score."""
    measured = chosen.score
    with st.container(border=True, height=BOX):
        show.heading(_("How people answered"))
        show.chart("answers-by-score", _("How people answered"), _distribution(chosen))
        parts = (measured.detractors, measured.passives, measured.promoters)
        shares = [words.percent(part / max(measured.responses, 1)) for part in parts]
        named = dict(zip(("low", "middle", "high"), shares, strict=True))
        st.caption(_("{low} detractors · {middle} passives · {high} promoters", **named))


def by_activity(chosen: nps.Chosen) -> None:
    """The most active quarter beside the least active."""
    with st.container(border=True, height=BOX):
        show.heading(_("NPS by activity"))
        if not chosen.panel.has_usage:
            counted.usage_missing()
            return
        if not chosen.selection.region.all_scores:
            st.info(_("People chosen by their scores have no NPS to compare."))
            return
        most, least, apart = _by_activity(chosen)
        heavy, light = st.columns(2)
        for place, label, side in ((heavy, _("Most active quarter"), most), (light, _("Least active quarter"), least)):
            scored = words.points(side.nps) if side.responses >= MIN_SHOWN else "—"
            place.metric(label, scored, help=words.interval(side))
        st.caption(overview.by_activity(apart))
