"""One condition on people, put together without SQL: what holds for them, or does not."""

from collections.abc import Callable

import streamlit as st

import nps
from nps.who.values import ALL, ANY, MEASURES, SIGNS, Account, Did, Feature, Leaf, Not, Prop, Saved, Then
from nps.wording import _
from pages.parts import condition_said, show
from pages.parts.condition_fields import ANYTHING, days, field, one, several_of, window
from pages.session import sets

ROW = {"horizontal": True, "vertical_alignment": "bottom", "gap": "small"}


def asked(panel: nps.Panel, key: str) -> Leaf | Not | None:
    """What the widgets say; None until enough is said, and where nobody can mean that, which is told."""
    try:
        return _asked(panel, key)
    except nps.InputError as refused:
        show.problem(refused.note)
        return None


def _asked(panel: nps.Panel, key: str, *, inside: bool = False) -> Leaf | Not | None:
    """The same; inside: about the people of an account. Raises InputError for what nobody can mean."""
    with st.container(**ROW):
        called = _kinds(panel, inside=inside)
        kind, negated = one(_("They"), called, f"{key}_kind", 230)
        term = ASK[kind](panel, key)
    return Not(term) if term and negated else term


def _kinds(panel: nps.Panel, *, inside: bool) -> dict[tuple[str, bool], str]:
    """What can be asked of these data, and its opposite, by what it is called."""
    called = {}
    if panel.has_usage:
        called |= {("did", False): _("used"), ("did", True): _("did not use")}
        called |= {("then", False): _("used, and then"), ("then", True): _("did not use, and then")}
    called |= {("answered", False): _("answered"), ("answered", True): _("did not answer")}
    if condition_said.can_name(panel):
        called |= {("named", False): _("wrote of"), ("named", True): _("did not write of")}
    if panel.who.askable().people:
        called |= {("is", False): _("are"), ("is", True): _("are not")}
    if inside:
        return called
    if len(panel.accounts.table):
        called |= {("account", False): _("are of an account where"), ("account", True): _("are of no account where")}
    if sets.known(sets.SET):
        called |= {("saved", False): _("are in the set"), ("saved", True): _("are not in the set")}
    return called


def _did(panel: nps.Panel, key: str) -> Did | None:
    what = several_of(panel, _("Any of these features, pages or events"), f"{key}_what")
    least = int(st.number_input(_("At least"), 1, 1_000_000, key=f"{key}_least", width=110))
    most = st.number_input(_("At most"), 1, 1_000_000, None, key=f"{key}_most", width=110, placeholder=_("any number"))
    units = {"uses": _("uses"), "times": _("times"), "days": _("days")}
    measure = one(_("Counted in"), {each: units[each] for each in MEASURES}, f"{key}_measure", 110)
    when, props = window(key), _props(panel, key)
    if not what or when is None or props is None:
        return None
    features = () if ANYTHING in what else tuple(what)
    return Did(features, measure, least, None if most is None else int(most), when, props)


def _props(panel: nps.Panel, key: str) -> tuple[Prop, ...] | None:
    """What the rows have to say besides; None until it is said."""
    columns = panel.who.askable().usage
    if not columns:
        return ()
    called = {"": _("anything"), **{name: name for name in columns}}
    why = _("Columns of the usage data that have few different values, such as a plan or a platform.")
    column = one(_("Of which"), called, f"{key}_prop", 160, why)
    if not column:
        return ()
    signs = {"=": _("is"), "!=": _("is not")}
    sign = one(_("Compared"), {each: signs[each] for each in SIGNS if each in signs}, f"{key}_sign", 110)
    value = field(_("Value"), panel.who.values("usage", column), f"{key}_value", 200)
    return (Prop(column, sign, value),) if value else None


def _then(panel: nps.Panel, key: str) -> Then | None:
    first = _feature(panel, _("First"), f"{key}_first")
    later = _feature(panel, _("Then"), f"{key}_then")
    within = days(_("Within days"), f"{key}_within", 7)
    when = window(key)
    return Then(first, later, within, when) if first and later and when is not None else None


def _feature(panel: nps.Panel, label: str, key: str) -> Feature | None:
    chosen = several_of(panel, label, key, most=1)
    return chosen[0] if chosen else None


def _account(panel: nps.Panel, key: str) -> Account | None:
    shares = {ANY: _("anybody"), 50: _("at least half"), ALL: _("everybody")}
    share = one(_("Of its people"), shares, f"{key}_share", 160)
    inner = _asked(panel, f"{key}_in", inside=True)
    return Account(inner, share) if inner else None


def _saved(_panel: nps.Panel, key: str) -> Saved | None:
    known = sets.known(sets.SET)
    name = field(_("Set"), [each.name for each in known], f"{key}_set", 260)
    return next((Saved(each.id, each.version) for each in known if each.name == name), None)


ASK: dict[str, Callable] = {
    "did": _did,
    "then": _then,
    "answered": condition_said.answered,
    "named": condition_said.named,
    "is": condition_said.is_,
    "account": _account,
    "saved": _saved,
}
