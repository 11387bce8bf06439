"""What changed rules would do, before they are kept: for whom, with examples, and what becomes of the figures."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

import nps
from nps.chosen import reread
from nps.chosen.reread import Preview
from nps.comments import Rules
from nps.wording import _, several
from pages.parts import tables
from pages.session import data, rules, views

SHOWN, FEW, TALL = 8, 2, 340  # changes with examples; those that need no scrolling; pixels of the others
LONGEST, CUT = 300, "…"  # characters of a comment


@views.shared
def _preview(chosen: nps.Chosen, rules: Rules) -> Preview:
    return reread.preview(chosen, rules)


def preview(chosen: nps.Chosen) -> None:
    """Of the draft, where there is one, with what to do about it."""
    if (draft := rules.draft()) is None:
        return
    with st.container(border=True, key="rules_preview"):
        st.subheader(_("If this were kept"), anchor=False)
        with st.spinner(_("Reading the comments again…")):
            found = _preview(chosen, draft)
        st.text(_sentence(found))
        _decide()
        rows = pd.concat([found.themes, found.features], ignore_index=True)
        if len(rows):
            tables.table(rows[[*_columns()]], _columns(), "rules_changes", _("What other rules change"))
            _examples(chosen, rows.head(SHOWN))


def _sentence(found: Preview) -> str:
    said = {"n": found.comments, "of": found.of}
    read = several(
        "1 of {of} comments would be read differently.", "{n} of {of} comments would be read differently.", **said
    )
    if not found.of:
        return read
    known = {"before": found.unknown_before, "after": found.unknown_after}
    if f"{found.unknown_before:.0%}" == f"{found.unknown_after:.0%}":
        return f"{read} {_('As now, {after:.0%} would give no reason we know.', **known)}"
    return f"{read} {_('{after:.0%} would give no reason we know; now {before:.0%} do.', **known)}"


def _columns() -> tables.Columns:
    return {
        "name": _("Reason or feature"),
        "takes": tables.figure(_("Comments it takes")),
        "gives_up": tables.figure(_("and gives up")),
        "share_before": tables.figure(_("Said by"), "percent"),
        "share_after": tables.figure(_("then by"), "percent"),
        "flagged_before": st.column_config.CheckboxColumn(_("Sets groups apart")),
        "flagged_after": st.column_config.CheckboxColumn(_("then")),
    }


def _examples(chosen: nps.Chosen, rows: pd.DataFrame) -> None:
    texts = chosen.panel.comments.texts
    with st.container(height=TALL if len(rows) > FEW else "content", border=False, gap="xsmall"):
        for row in rows.itertuples():
            if row.takes:
                st.text(several("{name} takes 1:", "{name} takes {n}, as:", n=row.takes, name=row.name))
                _comments(texts[each] for each in row.taken)
            if row.gives_up:
                st.text(several("{name} gives up 1:", "{name} gives up {n}, as:", n=row.gives_up, name=row.name))
                _comments(texts[each] for each in row.given_up)


def _comments(texts: Iterable[str]) -> None:
    for text in texts:
        st.text(f"•  {text if len(text) <= LONGEST else text[:LONGEST] + CUT}")


def _decide() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("Keep these rules"), key="rules_keep", on_click=rules.keep, type="primary")
        st.button(_("Discard the changes"), key="rules_discard", on_click=rules.discard, type="tertiary")
        if data.dataset() is None:
            st.caption(_("Rules of the sample are yours alone, and go with this tab."))
        else:
            st.caption(_("Everybody who looks at this data has comments read so, those of the past, too."))
