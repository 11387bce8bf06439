"""Sets of people by what they did, answered, named and are: put together, counted, saved, used as filters."""

import streamlit as st

import nps
from nps.who.text import either, printed
from nps.wording import _, several
from pages.parts import builder, building, condition, condition_fields, saved, show
from pages.session import access, keys
from pages.session.sets import SET

AND, OR = "and", "or"


def built(panel: nps.Panel) -> None:
    """Conditions one below the other, the last of them in widgets; what they come to; and what was saved."""
    if panel.who is None:
        st.info(_("What people did cannot be asked here: the usage is not at hand."), icon=":material/info:")
        return
    show.heading(_("People who …"))
    lines = _rows(panel)
    wanted = _with_new(panel, lines)
    if not wanted:
        st.caption(_("How many people that are stands here as soon as a condition is whole."))
    elif building.told(panel, wanted):
        _used(wanted)
    saved.listed(panel)


def _rows(panel: nps.Panel) -> tuple[str, ...]:
    """The conditions that there are, each with how many it holds for together with those above it."""
    lines = keys.BUILDING.get()
    for n, line in enumerate(lines):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            said = building.words_of(panel, line)
            show.text(_("and {condition}", condition=said) if n else said)
            st.space("stretch")
            if (people := building.people(panel, lines[: n + 1])) is not None:
                st.text(several("1 person", "{n} people", n=people))
            st.button(
                *("", f"row_gone_{n}", _("Take this away")),
                on_click=_without,
                args=(n,),
                type="tertiary",
                icon=":material/close:",
            )
    return lines


def _with_new(panel: nps.Panel, lines: tuple[str, ...]) -> tuple[str, ...]:
    """All conditions, with the one that the widgets say."""
    with st.container(border=True, key="set_new"):
        joined = AND
        if lines:
            called = {AND: _("and"), OR: _("or")}
            joined = condition_fields.one(_("Beside those above"), called, "set_joined", 160)
        term = condition.asked(panel, f"set_{len(lines)}_{joined}")
        if term is None:
            return lines
        line = printed(term)
        wanted = (*lines[:-1], either(lines[-1], line)) if joined == OR else tuple(dict.fromkeys([*lines, line]))
        st.button(_("One more condition"), on_click=_add, args=(wanted,), key="set_add", icon=":material/add:")
    return wanted


def _add(wanted: tuple[str, ...]) -> None:
    keys.BUILDING.put(wanted)


def _without(place: int) -> None:
    keys.BUILDING.put(tuple(line for n, line in enumerate(keys.BUILDING.get()) if n != place))


def _used(lines: tuple[str, ...]) -> None:
    """What can be done with them."""
    with st.container(horizontal=True, gap="small"):
        st.button(
            *(_("Use as a filter"), "set_use"),
            on_click=builder.use,
            args=(lines,),
            type="primary",
            icon=":material/filter_alt:",
        )
        if access.works():
            saved.saving(SET, lines)
        if keys.BUILDING.get():
            st.button(_("Begin anew"), "set_anew", on_click=_add, args=((),), type="tertiary")
