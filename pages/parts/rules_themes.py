"""The words and phrases that tell a reason, its name, and what becomes of it."""

from functools import partial

import streamlit as st

import nps
from nps.comments import Rules, Theme, editing
from nps.comments.rules import LANGUAGES, LONGEST_NAME
from nps.wording import _, language, several
from pages.parts import choose, popover
from pages.session import keys, rules

NAMES = ("English", "Deutsch", "Français", "Español", "Português", "Italiano", "Nederlands")
CALLED = dict(zip(LANGUAGES, NAMES, strict=True))
TALL = 220  # pixels
NEW_NAME, NEW_WORDS = keys.of_widget("rules_new_name"), keys.of_widget("rules_new_words")
LANGUAGE, THEME = keys.of_widget("rules_language"), keys.of_widget("rules_theme")


def themes(_chosen: nps.Chosen) -> None:
    """One reason at a time, and a way to one more."""
    known = rules.edited()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        labels = {theme.key: _label(theme) for theme in known.themes}
        shown = choose.pick(_("Reason"), list(labels), THEME.name, format_func=labels.get)
        _one_more()
    if shown:
        left, right = st.columns([1, 1.6], gap="medium")
        with left:
            _about(known, known.theme(shown))
        with right:
            _words(known, known.theme(shown))


def language_shown() -> str:
    """The language that words are shown in: as chosen, else the visitor's, where it is one of them."""
    return next(of for of in (LANGUAGE.get(), language(), LANGUAGES[0]) if of in CALLED)


def _label(theme: Theme) -> str:
    if theme.excluded:
        return _("{name} (left out)", name=str(theme.called))
    return _("{name} (always first)", name=str(theme.called)) if theme.pinned else str(theme.called)


def _follow(key: keys.Key, value: object) -> None:
    """Show what the draft says; what was refused stays as it was typed."""
    if keys.RULES_PROBLEM.get() is None:
        key.follow(value)


def _about(known: Rules, theme: Theme) -> None:
    name, out, first = (keys.of_widget(f"rules_{what}_{theme.key}") for what in ("name", "out", "first"))
    _follow(name, str(theme.called))
    st.text_input(_("Name"), max_chars=LONGEST_NAME, key=name.name, on_change=_rename, args=(theme.key, name))
    out.follow(theme.excluded)
    st.toggle(_("Leave it out of everything"), key=out.name, on_change=_mark, args=(theme.key, "excluded", out))
    first.follow(theme.pinned)
    st.toggle(_("Always show it first"), key=first.name, on_change=_mark, args=(theme.key, "pinned", first))
    others = {each.key: str(each.called) for each in known.themes if each.key != theme.key}
    into = keys.of_widget(f"rules_into_{theme.key}")
    into.fit(others)
    how = {"placeholder": _("another reason"), "key": into.name, "on_change": _merge, "args": (theme.key, into)}
    st.selectbox(_("Merge it into"), list(others), index=None, format_func=others.get, **how)
    gone = {"key": f"rules_gone_{theme.key}", "on_click": rules.change, "icon": ":material/delete:"}
    st.button(_("Delete this reason"), args=(partial(editing.without_theme, key=theme.key),), type="tertiary", **gone)


def _words(known: Rules, theme: Theme) -> None:
    of = choose.choice(_("Words in"), CALLED, LANGUAGE.name, language_shown())
    own = editing.words(known, theme.key, of)
    words = keys.of_widget(f"rules_words_{theme.key}_{of}")
    _follow(words, ", ".join(own))
    said = several(
        "1 word or phrase in {language}", "{n} words and phrases in {language}", n=len(own), language=CALLED[of]
    )
    st.text_area(
        said, height=TALL, max_chars=rules.LONGEST_TYPED, key=words.name, on_change=_reword, args=(theme.key, of, words)
    )
    st.caption(
        _(
            "With commas between. `slow*` is any word that begins so; `lost ~ data` has up to two words in between; "
            "`(missing)` counts only where nothing else is named beside it."
        )
    )


def _one_more() -> None:
    with popover.opened(_("One more reason"), "rules_new", icon=":material/add:", type="tertiary") as opened:
        if opened:
            st.text_input(_("Name"), max_chars=LONGEST_NAME, key=NEW_NAME.name)
            words = _("Words and phrases in {language}", language=CALLED[language_shown()])
            st.text_area(words, key=NEW_WORDS.name, placeholder=_("too slow, lag*, takes ~ ages"))
            st.button(_("Add it"), key="rules_add", on_click=_add, type="primary")


def _rename(key: str, name: keys.Key) -> None:
    rules.change(lambda known: editing.renamed(known, key, rules.plain(name.get() or "")))


def _mark(key: str, what: str, said: keys.Key) -> None:
    rules.change(lambda known: editing.marked(known, key, **{what: bool(said.get())}))


def _merge(key: str, into: keys.Key) -> None:
    if (other := into.get()) and rules.change(lambda known: editing.merged(known, key, other)):
        THEME.put(other)


def _reword(key: str, of: str, words: keys.Key) -> None:
    rules.change(lambda known: editing.worded(known, key, of, rules.typed(words.get() or "")))


def _add() -> None:
    name, words = NEW_NAME.get() or "", NEW_WORDS.get() or ""
    if rules.change(lambda known: editing.with_theme(known, rules.plain(name), language_shown(), rules.typed(words))):
        THEME.put(rules.edited().themes[-1].key)
        NEW_NAME.put("")
        NEW_WORDS.put("")
