"""The rules of the lists: every number can be read and changed."""

from typing import NamedTuple

import streamlit as st

from nps.chosen.watched import Watched
from nps.chosen.watching import Watching
from nps.measures import lists
from nps.wording import _
from pages.session import keys, watching

PERCENT = 100
PLANS = keys.of_widget("rule_plans")


class Number(NamedTuple):
    """A number of a rule, by what it is called, and the most that it may be; shares are told in percent."""

    label: str
    most: int
    share: bool = False


def _numbers(code: str) -> dict[str, Number]:
    return {"leave": _of_leaving, "grow": _of_growing, "buy": _of_buying, "advocates": _of_advocates}[code]()


def _of_leaving() -> dict[str, Number]:
    return {
        "lower": Number(_("Use is under … % of what is usual"), 100, share=True),
        "lower_points": Number(_("Points for that"), 9),
        "half": Number(_("Use is even under … %"), 100, share=True),
        "half_points": Number(_("Points besides"), 9),
        "people": Number(_("Active people are under … % of what is usual"), 100, share=True),
        "people_points": Number(_("Points for that"), 9),
        "answer": Number(_("The latest answer is at most"), 10),
        "answer_points": Number(_("Points for that"), 9),
        "key_points": Number(_("Points if no key feature is used"), 9),
        "trouble_points": Number(_("Points if a comment names trouble"), 9),
        "least": Number(_("Listed from … points on"), 20),
    }


def _of_growing() -> dict[str, Number]:
    return {
        "more": Number(_("Use is at least … % of what is usual"), 1000, share=True),
        "new": Number(_("Or so many people are new"), 1000),
        "seats": Number(_("Active people are at least … % of seats"), 100, share=True),
        "points": Number(_("Points for leaving are under"), 20),
        "least": Number(_("So many of four have to hold"), 4),
    }


def _of_buying() -> dict[str, Number]:
    return {
        "people": Number(_("Active people in four weeks"), 1000),
        "days": Number(_("Active days of one person in 14"), 14),
        "onboarding": Number(_("Steps of onboarding reached, in %"), 100, share=True),
        "least": Number(_("So many of four have to hold, with a key feature"), 4),
    }


def _of_advocates() -> dict[str, Number]:
    return {
        "answer": Number(_("The latest answer is at least"), 10),
        "activity": Number(_("More active than … % of others"), 100),
        "points": Number(_("Points for leaving are under"), 20),
    }


def rules(watched: Watched, code: str, now: Watching) -> None:
    """Every number of a list; of who is likely to buy the plans, too."""
    if code == "buy":
        _plans(watched, now)
    part, numbers, pair = getattr(now.rules, code), _numbers(code), []
    for place, (field, number) in enumerate(numbers.items()):
        widget = keys.of_widget(f"rule_{code}_{field}")
        widget.follow(round(getattr(part, field) * (PERCENT if number.share else 1)))
        pair = pair if place % 2 else st.columns(2, vertical_alignment="bottom")
        with pair[place % 2]:
            how = {"key": widget.name, "on_change": _change, "args": (code, field, number.share)}
            st.number_input(number.label, 0, number.most, **how)
    st.button(_("As they began"), on_click=_begin, args=(code,), key="rules_begin", icon=":material/undo:")


def _plans(watched: Watched, now: Watching) -> None:
    plans = sorted({str(plan) for plan in watched.table["plan"].dropna()})
    PLANS.follow([plan for plan in now.rules.buy.plans if plan in plans])
    label, nothing = _("Plans that are free, or a trial"), _("None chosen")
    st.multiselect(label, plans, key=PLANS.name, placeholder=nothing, on_change=_change_plans)


def _change_plans() -> None:
    _put("buy", plans=tuple(PLANS.get() or ()))


def _change(code: str, field: str, share: bool) -> None:
    value = keys.of_widget(f"rule_{code}_{field}").get()
    begins = getattr(getattr(lists.DEFAULT, code), field)
    _put(code, **{field: type(begins)(value / PERCENT if share else value)})


def _put(code: str, **fields: object) -> None:
    rules = watching.settings().rules
    watching.change(rules=rules._replace(**{code: getattr(rules, code)._replace(**fields)}))


def _begin(code: str) -> None:
    watching.change(rules=watching.settings().rules._replace(**{code: getattr(lists.DEFAULT, code)}))
