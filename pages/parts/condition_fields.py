"""The fields that conditions are made of. Names of customers are options, never labels."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

import nps
from nps.who.values import MOST_VALUES, Feature
from nps.who.windows import EVER, MOST_DAYS, Before, Between, Joined, Last, Window
from nps.wording import _

ANYTHING: Feature = ("", "")
DAYS = {"last": Last, "joined": Joined, "before": Before}
Code = TypeVar("Code")


def one(label: str, called: Mapping[Code, str], key: str, width: int, why: str | None = None) -> Code:
    """One of these, told by what it is called; the first until somebody chooses. `why` explains the label."""
    return st.selectbox(label, [*called], format_func=called.get, key=key, width=width, help=why)


def field(label: str, names: Sequence[str], key: str, width: int) -> str | None:
    """One of these names; None until somebody chooses."""
    return st.selectbox(label, names, None, key=key, width=width, placeholder=_("Choose"))


def fields(label: str, called: Mapping[Code, str], key: str, width: int = 320) -> list[Code]:
    """Some of these, told by what they are called."""
    how = {"format_func": called.get, "placeholder": _("Choose"), "max_selections": MOST_VALUES}
    return st.multiselect(label, [*called], key=key, width=width, **how)


def several_of(panel: nps.Panel, label: str, key: str, *, most: int = 0) -> list[Feature]:
    """Features, pages and events, `most` of them; without that, anything can be meant, too."""
    called = {feature: _called(panel, feature) for feature in panel.named_features}
    if most == 1:
        chosen = st.selectbox(
            label, [*called], None, format_func=called.get, key=key, width=260, placeholder=_("Choose what")
        )
        return [chosen] if chosen else []
    return fields(label, {ANYTHING: _("anything"), **called}, key)


def days(label: str, key: str, start: int) -> int:
    """A number of days."""
    return int(st.number_input(label, 1, MOST_DAYS, start, key=key, width=120))


def window(key: str, *, of_answers: bool = False) -> Window | None:
    """In which time; None until its days are said. Answers are not asked for by joining or by themselves."""
    called = {"ever": _("at any time"), "last": _("in the last days"), "between": _("from one day to another")}
    if not of_answers:
        called |= {"joined": _("in the days after joining"), "before": _("in the days before the answer")}
    name = one(_("When"), called, f"{key}_when", 240)
    if name == "between":
        return _between(key)
    return DAYS[name](days(_("Days"), f"{key}_days", 30)) if name in DAYS else EVER


def _between(key: str) -> Between | None:
    first, last = (
        st.date_input(label, None, min_value=date(1990, 1, 1), key=f"{key}_{name}", width=150)
        for label, name in ((_("From"), "from"), (_("To"), "to"))
    )
    return Between(first, last) if first and last else None


def _called(panel: nps.Panel, feature: Feature) -> str:
    """Its name, with its kind where another kind has it, too."""
    kind, name = feature
    several_kinds = sum(other == name for _kind, other in panel.named_features) > 1
    return f"{name} ({kind})" if several_kinds else name
