"""By which names a feature is found in comments, and which reason naming it is."""

import pandas as pd
import streamlit as st

import nps
from nps.comments import Feature, Rules, editing
from nps.comments.rules import LONGEST
from nps.measures.cells import feature_labels
from nps.wording import _
from pages.parts import choose, popover
from pages.session import keys, rules

KIND = "feature"  # of those that are only typed in
FEATURE, NEW_NAME = keys.of_widget("rules_feature"), keys.of_widget("rules_feature_name")
CUES = {"form": None, "always": True, "never": False}


def features(chosen: nps.Chosen) -> None:
    """One feature at a time, and a way to one that is in no file."""
    known = rules.edited()
    every = list(dict.fromkeys([*chosen.panel.named_features, *(feature for feature, _names in known.aliases)]))
    called = dict(zip(every, feature_labels(pd.DataFrame(every, columns=["kind", "feature"])), strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = choose.pick(_("Feature"), every, FEATURE.name, format_func=called.get)
        _one_more()
    if not shown:
        st.caption(_("No file names a feature: add those that people may write about."))
        return
    left, right = st.columns([1.6, 1], gap="medium")
    with left:
        _names(known, shown, every.index(shown))
    with right:
        _besides(known, shown, every.index(shown))


def _names(known: Rules, feature: Feature, place: int) -> None:
    names = keys.of_widget(f"rules_names_{place}")
    if keys.RULES_PROBLEM.get() is None:
        names.follow(", ".join(dict(known.aliases).get(feature, ())))
    label, how = _("Other names that people give it"), {"on_change": _rename, "args": (feature, names)}
    st.text_area(label, key=names.name, placeholder=_("SSO, single log-in"), **how)
    st.caption(_("With commas between. Plurals, joined words and slips of the pen are found by themselves."))


def _besides(known: Rules, feature: Feature, place: int) -> None:
    said = {"form": _("if its name is one word"), "always": _("always"), "never": _("never")}
    cue, of = keys.of_widget(f"rules_cue_{place}"), keys.of_widget(f"rules_of_{place}")
    cue.follow({needs: code for code, needs in CUES.items()}[dict(known.cued).get(feature)])
    help = _("“Home” in “I work from home” is no part of the product; in “the new Home page” it is.")
    asks = {"key": cue.name, "format_func": said.get, "on_change": _ask, "args": (feature, cue), "help": help}
    st.selectbox(_("Counts only where words around it say that it is meant"), list(said), **asks)
    labels = {theme.key: str(theme.called) for theme in known.themes}
    of.follow(dict(known.feature_themes).get(feature))
    how = {"index": None, "placeholder": _("no reason"), "format_func": labels.get, "on_change": _belong}
    st.selectbox(_("Naming it is giving this reason, too"), list(labels), key=of.name, args=(feature, of), **how)


def _one_more() -> None:
    with popover.opened(_("One more feature"), "rules_feature_new", icon=":material/add:", type="tertiary") as opened:
        if opened:
            st.text_input(_("Name"), max_chars=LONGEST, key=NEW_NAME.name)
            st.button(_("Add it"), key="rules_feature_add", on_click=_add, type="primary")


def _rename(feature: Feature, names: keys.Key) -> None:
    rules.change(lambda known: known.with_aliases({feature: rules.typed(names.get() or "")}))


def _ask(feature: Feature, cue: keys.Key) -> None:
    rules.change(lambda known: editing.cued(known, feature, CUES.get(cue.get())))


def _belong(feature: Feature, of: keys.Key) -> None:
    rules.change(lambda known: editing.of_theme(known, feature, of.get()))


def _add() -> None:
    name = " ".join((NEW_NAME.get() or "").split())
    if rules.change(lambda known: known.with_aliases({(KIND, name): [rules.plain(name)]})):
        FEATURE.put((KIND, name))
        NEW_NAME.put("")
