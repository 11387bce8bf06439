"""After what people answer."""

import pandas as pd
import streamlit as st

import nps
from nps.measures import rules
from nps.wording import _, answering
from pages.parts import counted, show, tables

MOST_OCCASIONS = 3


def _columns() -> tables.Columns:
    return {
        "feature": _("Just before answering"),
        "kind": _("Kind"),
        "answers": None,
        "just": tables.figure(_("Answers"), help=_("Their person used it in the last day")),
        "share": tables.figure(_("Share of all"), "percent"),
        "expected": tables.figure(_("On a typical day"), "percent"),
        "ratio": tables.figure(_("Times as often"), "%.1f"),
        "low": tables.figure(_("from"), "%.1f", help=_("Lower end of the 95% interval")),
        "high": tables.figure(_("to"), "%.1f", help=_("Upper end of the 95% interval")),
        "p": None,
        "q": None,
        "sure": _("Sure or likely"),
    }


def after_what(chosen: nps.Chosen) -> None:
    """What people used just before they answered, more often than on their typical day."""
    if not chosen.panel.has_usage:
        counted.usage_missing()
        return
    found = chosen.after_what()
    if found.empty:
        st.caption(_("This needs usage and answers with dates."))
        return
    any_use, features = found[found["feature"].isna()], found[found["feature"].notna()]
    telling = features[(features["q"] < rules.HOLDS_BELOW) & (features["ratio"] > 1)]
    first = pd.concat([any_use, telling.nlargest(MOST_OCCASIONS, "ratio")])
    show.bullet([answering.of_after_what(row) for _place, row in first.iterrows()])
    st.caption(
        _(
            "The last 24 hours before an answer against all days of the same person's window. Who is asked in the "
            "product is there anyway, so any use at all comes first: only what lies well above it is an occasion of "
            "its own. All answers of the chosen surveys count, whatever the other filters. Where use is known by day "
            "only, the day of the answer is the last day, also for what came after it."
        )
    )
    sure = found["q"].map(answering.sure).where(found["feature"].notna(), "")
    named = found.assign(feature=found["feature"].fillna(_("Any use at all")), sure=sure)
    tables.numbers(named, "after_what", columns=_columns())
    every = nps.Selection(survey=chosen.selection.survey, repeats="all")
    counted.how(chosen.panel.select(every), "occasion")
