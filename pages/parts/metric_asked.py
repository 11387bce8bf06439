"""What a metric is of: widgets that begin with what a link, or a metric that was saved, says."""

from collections.abc import Iterator, Sequence

import streamlit as st

import nps
from nps.who.metric import Metric
from nps.who.text import parsed
from nps.wording import _, names
from pages.parts import building, choose, show
from pages.session import keys, sets

USED, ANSWERED = "did.*;uses:1-", "answered.0-10"
BETWEEN = "/"  # conditions, as in the line of a metric


def asked(panel: nps.Panel) -> Metric:
    """What the widgets say."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        what = _one(_("What"), _counts(panel), "metric_what", 230)
        every = _one(_("Each"), {"week": _("week"), "month": _("month")}, "metric_every", 120)
        whom, left_out = _whom(panel)
        of = _one(_("Of whom"), whom, "metric_of", 320)
        columns = {"": _("all together"), **{name: names.segment(name) for name in panel.who.askable().people}}
        by = _one(_("Told apart by"), columns, "metric_by", 180)
    if left_out:
        st.caption(_("What is asked of single answers, or of who is not in a set, cannot be followed over time."))
    return Metric(what, _terms(of), every, by)


def show_again(metric: Metric) -> None:
    """Have the widgets say this: for callbacks."""
    of = BETWEEN.join(str(metric).split(BETWEEN)[3:])
    for name, value in (("what", metric.what), ("every", metric.every), ("of", of), ("by", metric.by)):
        keys.of_widget(f"metric_{name}").put(value)


def _one(label: str, called: dict[str, str], key: str, width: int) -> str:
    return choose.pick(label, [*called], key, format_func=called.get, width=width)


def _counts(panel: nps.Panel) -> dict[str, str]:
    used = {"share": _("Share of active people, in %"), "uses": _("Uses a person")} if panel.has_usage else {}
    return {"people": _("People"), **used, "nps": _("NPS")}


def _whom(panel: nps.Panel) -> tuple[dict[str, str], bool]:
    """Of whom it can be, by their conditions; and whether any of those that there are were left out."""
    told = {USED: _("everybody who used anything")} if panel.has_usage else {}
    told |= {ANSWERED: _("everybody who answered")}
    there = [*_there(panel)]
    told |= {of: name for name, lines in there if (of := _followed(lines))}
    wanted = keys.of_widget("metric_of").get()
    if wanted and wanted not in told:
        told |= _of_link(panel, wanted)
    return told, any(not _followed(lines) for _name, lines in there)


def _there(panel: nps.Panel) -> Iterator[tuple[str, Sequence[str]]]:
    """Conditions that were put together, and sets, each with its name."""
    if lines := keys.BUILDING.get():
        yield _words(panel, lines), lines
    for each in sets.known(sets.SET):
        yield each.name, each.lines


def _followed(lines: Sequence[str]) -> str | None:
    """Conditions as a metric has them; None where they cannot be followed."""
    try:
        of = BETWEEN.join(sets.plain(lines))
        Metric("people", _terms(of))
    except nps.InputError:
        return None
    return of


def _of_link(panel: nps.Panel, of: str) -> dict[str, str]:
    """What a link, or a saved metric, is of besides; what nobody can mean is told."""
    try:
        Metric("people", _terms(of))
        return {of: _words(panel, of.split(BETWEEN))}
    except nps.InputError as refused:
        show.problem(refused.note)
        return {}


def _words(panel: nps.Panel, lines: Sequence[str]) -> str:
    return ", ".join(building.words_of(panel, line) for line in lines)


def _terms(of: str) -> tuple:
    return tuple(map(parsed, of.split(BETWEEN)))
