"""By what accounts are watched, in places to open: key features, who decides, weights of health, rules of the lists."""

from collections.abc import Sequence

import streamlit as st

import nps
from nps.chosen.watched import LISTS, Watched
from nps.measures import health
from nps.measures.cells import feature_labels
from nps.wording import _
from nps.wording import accounts as wording
from pages.parts import accounts_rules, popover
from pages.session import access, keys, watching

MOST = 20  # key features
KEYS, MAKERS = keys.of_widget("watched_keys"), keys.of_widget("watched_makers")
ROLE = "role"


def settings(chosen: nps.Chosen, watched: Watched | None, code: str) -> None:
    """Everything that can be set for this list; what holds for everybody only by whoever works with the data."""
    now, works = watching.settings(), access.works()
    if watched and works:
        if code in LISTS:
            with popover.opened(_("Rules"), "list_rules", icon=":material/rule_settings:", type="tertiary") as opened:
                if opened:
                    accounts_rules.rules(watched, code, now)
        with popover.opened(_("Key features"), "watched_keys", icon=":material/key:", type="tertiary") as opened:
            if opened:
                _key_features(watched, now.keys)
    if works and ROLE in chosen.panel.segments:
        with popover.opened(_("Who decides"), "watched_makers", icon=":material/gavel:", type="tertiary") as opened:
            if opened:
                _makers(chosen.panel, now.makers)
    if watched and watched.of == "account":
        with popover.opened(_("Weights"), "weights", icon=":material/balance:", type="tertiary") as opened:
            if opened:
                weights(watched, now.weights, works=works)


def _key_features(watched: Watched, chosen: Sequence[tuple[str, str]]) -> None:
    names = [*watched.weekly.names.itertuples(index=False, name=None)]
    labels = dict(zip(names, feature_labels(watched.weekly.names), strict=True))
    KEYS.follow([each for each in chosen if each in labels])
    st.multiselect(
        _("Features without which the product is of little use"),
        names,
        format_func=labels.get,
        key=KEYS.name,
        max_selections=MOST,
        placeholder=_("None chosen"),
        on_change=_keep_keys,
    )
    st.caption(_("They count for health, for who may leave and for who is likely to buy."))


def _keep_keys() -> None:
    watching.change(keys=tuple(KEYS.get() or ()))


def _makers(panel: nps.Panel, chosen: Sequence[str]) -> None:
    roles = [str(value) for value in panel.answers[ROLE].cat.categories]
    MAKERS.follow([each for each in chosen if each in roles])
    label, nobody = _("Roles that decide whether to stay"), _("None chosen")
    st.multiselect(label, roles, key=MAKERS.name, placeholder=nobody, on_change=_keep_makers)
    st.caption(_("Their answers are set against those of others in the same accounts."))


def _keep_makers() -> None:
    watching.change(makers=tuple(MAKERS.get() or ()))


def weights(watched: Watched, now: health.Weights, *, works: bool) -> None:
    """How much each part of health counts; for this session, and, by a button, for everybody."""
    known = watched.figures().notna().any()
    for code in known.index[known]:
        weight = keys.of_widget(f"weight_{code}")
        weight.follow(getattr(now, code))
        st.slider(wording.part(code), 0, health.MOST, key=weight.name, on_change=_weigh, args=(code,))
    st.caption(_("0 leaves a part out. They hold for you, and stand in the link; parts that nobody has are not shown."))
    if works and keys.WEIGHTS.get():
        st.button(_("Have them hold for everybody"), on_click=watching.keep_weights, key="keep_weights")


def _weigh(code: str) -> None:
    watching.change(weights=watching.settings().weights._replace(**{code: int(keys.of_widget(f"weight_{code}").get())}))
