"""A condition on what people did, put together without SQL; how many it holds for is told meanwhile."""

import streamlit as st

import nps
from nps.selection.clauses import Who
from nps.who.built import Counted
from nps.who.text import printed
from nps.who.values import MEASURES, Did, Feature, Not
from nps.who.windows import EVER, Before, Joined, Last, Window
from nps.wording import _, several
from pages.session import keys, views

ANYTHING: Feature = ("", "")
WINDOWS = {"ever": None, "last": Last, "joined": Joined, "before": Before}


def builder(panel: nps.Panel) -> None:
    """Where all of the usage can be asked: did or did not do what, how often, in which time; and a button to use it."""
    if panel.who is None or not panel.has_usage:
        return
    st.text(_("Who did what"))
    term = _asked(panel)
    if term is None:
        return
    line = printed(term)
    found = _counted(panel, line)
    if isinstance(found, str):
        st.text(found)
        return
    st.text(_told(found, isinstance(term, Not)))
    st.button(_("Use as a filter"), on_click=_use, args=(line,), key="builder_use", icon=":material/filter_alt:")


def _asked(panel: nps.Panel) -> Did | Not | None:
    """What the widgets say; None until somebody chose what it is about."""
    negated = _chosen(_("They"), {False: _("did"), True: _("did not")}, "builder_not")
    names = {ANYTHING: _("anything"), **{feature: _called(panel, feature) for feature in panel.named_features}}
    what = st.selectbox(
        _("Feature, page or event"),
        [*names],
        None,
        format_func=names.get,
        key="builder_what",
        placeholder=_("Choose what"),
    )
    often, counted = st.columns(2)
    least = often.number_input(_("At least"), 1, 1_000, key="builder_least")
    with counted:
        units = {"uses": _("uses"), "times": _("times"), "days": _("days")}
        measure = _chosen(_("Counted in"), {each: units[each] for each in MEASURES}, "builder_measure")
    window = _window()
    if what is None:
        return None
    term = Did(() if what == ANYTHING else (what,), measure, int(least), None, window)
    return Not(term) if negated else term


def _window() -> Window:
    called = {
        "ever": _("at any time"),
        "last": _("in the last days"),
        "joined": _("in the days after joining"),
        "before": _("in the days before the answer"),
    }
    name = _chosen(_("When"), called, "builder_when")
    if WINDOWS[name] is None:
        return EVER
    return WINDOWS[name](int(st.number_input(_("Days"), 1, 3650, 30, key="builder_days")))


def _chosen(label: str, called: dict, key: str) -> object:
    """One of these, told by what it is called."""
    return st.selectbox(label, [*called], format_func=called.get, key=key)


def _called(panel: nps.Panel, feature: Feature) -> str:
    """Its name, with its kind where another kind has it, too."""
    kind, name = feature
    several_kinds = sum(other == name for _kind, other in panel.named_features) > 1
    return f"{name} ({kind})" if several_kinds else name


@views.shared
def _counted(panel: nps.Panel, line: str) -> Counted | str:
    """How many people it holds for; else why it cannot be asked."""
    try:
        return panel.counted(line)
    except nps.InputError as refused:
        return str(refused)


def _told(found: Counted, negated: bool) -> str:
    people = several("1 person", "{n} people", n=found.people)
    said = _("{people}, {n} of them answered", people=people, n=found.respondents)
    if not negated:
        return said
    less = _("{n} joined inside that time, {idle} never used anything", n=found.joined_inside, idle=found.no_usage)
    return f"{said}\n{less}"


def _use(line: str) -> None:
    keys.PEOPLE.put([*dict.fromkeys([*keys.PEOPLE.get(), *Who.of(line)])])
