"""The comments of who is selected, sorted by what they tell: searched, by language, a page at a time."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

import nps
from nps.comments import languages
from nps.comments.quoted import About
from nps.measures import writers
from nps.selection.clauses import Mention, Theme, Word
from nps.wording import _, names, several
from pages.parts import popover, quotes, reasons_frames, show
from pages.session import access, keys, screen, views

A_PAGE, ON_PHONES, FEW = 30, 10, 7  # comments of a page; that need no frame of a fixed height
EVERY = ""  # language


def comments(chosen: nps.Chosen, height: int | str) -> None:
    """All of them, for whoever may read them.

    height  of the list in pixels
    """
    if not access.sees_people():
        return
    show.heading(_("What they say"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        how = {"label_visibility": "collapsed", "icon": ":material/search:", "width": "stretch"}
        wanted = st.text_input(_("Search"), key=keys.QUOTES_SEARCH.name, placeholder=_("Search comments"), **how)
        language = _language(chosen.panel)
        show.people_file(_("CSV"), chosen.comments, "comments.csv", "download_comments", type="tertiary")
    rows = _found(chosen, wanted.strip().casefold(), language)
    st.caption(several("1 comment, sorted by what it tells.", "{n} comments, sorted by what they tell.", n=len(rows)))
    many = ON_PHONES if screen.narrow() else A_PAGE
    first = many * (_page(chosen, (wanted, language, many), -(-len(rows) // many)) - 1)
    shown = chosen.panel.coding.answer[rows[first : first + many]]
    with st.container(border=True, height=height if len(shown) > FEW else "content"):
        quotes.listed(chosen.panel, shown, "quotes", about(chosen))
    if len(rows) > many:
        st.pagination(-(-len(rows) // many), key=keys.QUOTES_PAGE.name, max_visible_pages=5)


def about(chosen: nps.Chosen) -> About:
    """What the filters say of comments; that is marked in them."""
    themes = [value.partition(".")[0] for choice in chosen.selection.of(Theme) for value in choice.values]
    features = [tuple(value.split(":", 1)) for choice in chosen.selection.of(Mention) for value in choice.values]
    return About(themes, features, [words for choice in chosen.selection.of(Word) for words in choice.values])


def _found(chosen: nps.Chosen, wanted: str, language: str) -> Sequence[int]:
    """The rows of the coding whose comments hold the words and are in the language, the most telling first."""
    rows = telling(chosen, chosen.places)
    if language != EVERY:
        rows = rows[(_languages(chosen.panel)[rows] == language).to_numpy()]
    texts = chosen.panel.comments.texts
    return [row for row in rows if wanted in texts[row].casefold()] if wanted else rows


def telling(chosen: nps.Chosen, places: Sequence[int]) -> Sequence[int]:
    """The rows of the coding of answers, positions in `panel.answers`, sorted by what they tell."""
    coding, texts = chosen.panel.coding, chosen.panel.comments.texts
    around = reasons_frames.around(chosen, Theme.keyword, Mention.keyword, Word.keyword)
    themes, features = reasons_frames.themes(around), reasons_frames.mentions(around)
    apart = {*themes.loc[themes["flagged"], "theme"]}
    named = {*features.loc[features["flagged"], ["kind", "feature"]].itertuples(index=False, name=None)}
    rows = writers.rows(coding, places)
    return writers.telling(coding, rows, [len(texts[row]) for row in rows], apart, named)


def _page(chosen: nps.Chosen, asked: tuple, pages: int) -> int:
    """Which page of the comments is shown: the first of what was not shown before."""
    shown = (chosen.panel.uid, chosen.selection, asked)
    if keys.QUOTES_SHOWN.get() != shown or keys.QUOTES_PAGE.get() > max(pages, 1):
        keys.QUOTES_SHOWN.put(shown)
        keys.QUOTES_PAGE.take()
    return keys.QUOTES_PAGE.get()


@views.shared
def _languages(panel: nps.Panel) -> pd.Series:
    with st.spinner(_("Telling the languages apart…")):
        return pd.Series(languages.of(panel.comments.texts))


def _language(panel: nps.Panel) -> str:
    """The language that is asked for; told apart when somebody opens this."""
    asked = keys.QUOTES_LANGUAGE.get()
    label = names.language(asked) if asked else _("Every language")
    with popover.opened(label, "languages", icon=":material/translate:", type="tertiary") as opened:
        if opened:
            counts = _languages(panel).value_counts()
            said = {EVERY: _("Every language")}
            said |= {code: _("{name} ({n})", name=names.language(code), n=int(n)) for code, n in counts.items() if code}
            keys.QUOTES_LANGUAGE.fit(said)
            how = {"format_func": said.get, "label_visibility": "collapsed", "persist_state": "session"}
            st.radio(_("Language"), list(said), key=keys.QUOTES_LANGUAGE.name, **how)
    return asked
