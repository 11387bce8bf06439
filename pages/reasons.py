"""Why people score as they do: what they wrote, by the reasons and the features that they name."""

import streamlit as st

from nps.wording import _
from pages.parts import counted, reasons, reasons_frames, reasons_said, reasons_tables, rules, show, writers
from pages.session import data, screen

WIDE, TALL = [1.6, 1], 1000  # of the tables against the comments; pixels of these

chosen = data.chosen().per_person
whole = reasons_frames.around(chosen, *reasons.SAYS)
reasons.nothing(whole)
reasons.headline(chosen, whole)
writers.groups(whole)
reasons.apart(whole)
if screen.narrow():
    tables = words = st.container()
    said = st.container()
    words = st.container()
else:
    tables, said = st.columns(WIDE, gap="medium")
    words = tables
with tables:
    show.heading(_("Reasons they give"))
    reasons_tables.by_reason(chosen)
with said:
    writers.distribution(whole)
    reasons_said.comments(chosen, "content" if screen.narrow() else TALL)
with words:
    show.heading(_("Features they name"))
    reasons_tables.by_feature(chosen)
    show.heading(_("Words that set them apart"))
    reasons_tables.by_word(chosen)
reasons.basis(whole)
rules.edit(whole)
counted.how(whole, "reason", "said_side", "mention", "said_apart", "words")
