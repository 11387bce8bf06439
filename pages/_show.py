"""How things are shown on every page. Customer text goes through `text`, every file through `download`."""

import csv
from collections.abc import Callable

import pandas as pd
import streamlit as st

import nps
from nps.measures import contacts, kinds, words
from nps.measures.churn import Leavers
from nps.measures.formulas import FORMULAS
from nps.measures.segments import MIN_SHOWN
from nps.panel import MEASURES
from pages import _shared

RULE = "Share of promoters (9-10) minus share of detractors (0-6), in points from −100 to 100. "
REPEATS = {
    "latest": "One answer per person counts: the latest under the filters. ",
    "all": "Every answer counts, and the answers of one person are taken together for the interval. ",
}
LEFT = "Share of people who left after their latest answer, of those who had not left before. "
INTERVAL_OF_SHARE = "The interval holds the true share 95 times in 100 (Wilson, see docs/methods.md)."
INTERVAL = "The interval holds the true score 95 times in 100 (adjusted Wald, see docs/methods.md)."


def text(sentence: str) -> None:
    """Words that may hold what a customer wrote: never Markdown, never HTML."""
    st.text(sentence)


def bullet(sentences: list[str]) -> None:
    """Sentences one below the other."""
    for sentence in sentences:
        text(f"•  {sentence}")


def download(label: str, frame: Callable[[], pd.DataFrame], file_name: str, key: str, **button) -> None:
    """The one way a file leaves: CSV, made when asked for, that opens right in a spreadsheet and holds no formula."""

    def content() -> bytes:
        return contacts.formula_safe(frame()).to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC).encode("utf-8-sig")

    st.download_button(
        label, content, file_name, "text/csv", key=key, icon=":material/download:", on_click="ignore", **button
    )


def score(label: str, measured: nps.Score, key: str | None = None) -> None:
    """A score with its interval, n and rule."""
    with st.container(key=key):
        shown = words.points(measured.nps) if measured.responses >= 10 else "too few"
        st.metric(label, shown, help=RULE + REPEATS[st.session_state["repeats"]] + INTERVAL)
        st.caption(words.interval(measured))


def leavers(label: str, found: Leavers, key: str) -> None:
    """The share of people who left after answering, with its interval and n."""
    with st.container(key=key):
        shown = words.percent(found.share) if found.people >= MIN_SHOWN else "too few"
        st.metric(label, shown, help=LEFT + INTERVAL_OF_SHARE)
        st.caption(words.of_leavers(found))


def counted(chosen: nps.Chosen) -> None:
    """What the score counts: the rule for repeats, the surveys, the window."""
    rule = {"latest": "each person's latest answer", "all": "every answer, repeats too"}[chosen.selection.repeats]
    st.caption(f"Counts {rule}; activity is that of the {chosen.panel.window_days} days before the answer.")
    if chosen.selection.repeats == "all":
        st.caption("Answers of one person are alike: the interval takes each person's together, and is wider for it.")
    surveys = chosen.people["survey"].dropna().unique()
    if chosen.panel.main_surveys:
        text(words.of_surveys(kinds.groups(chosen.panel.surveys), chosen.selection.survey))
    elif len(surveys) > 1:
        text(
            f"Counted together: {', '.join(surveys)}. Choose one survey in the sidebar where they ask different things."
        )


def how(chosen: nps.Chosen, *figures: str) -> None:
    """A place to open: whom the figures count, and each one's rule and formula."""
    with st.popover("How it is counted", icon=":material/function:", key=f"how_{figures[0]}"):
        text(words.basis(chosen.score.responses, chosen.selection, chosen.panel.measure, chosen.panel.window_days))
        for figure in figures:
            formula = FORMULAS[figure]
            st.markdown(f"**{formula.name}**")
            st.caption(formula.rule)
            st.code(formula.formula, language=None, wrap_lines=True)
        headings = dict.fromkeys(FORMULAS[figure].heading for figure in figures)
        st.caption(f"More, and how well it holds up, in docs/methods.md: {', '.join(headings)}.")


def independent(chosen: nps.Chosen) -> None:
    """Say where intervals do not know that answers of one person are alike."""
    if chosen.selection.repeats == "all":
        st.caption("Intervals here take several answers of one person as if strangers gave them: they are too narrow.")


def groups(measured: nps.Score) -> None:
    """How many promoters, passives and detractors."""
    counts = {"Promoters": measured.promoters, "Passives": measured.passives, "Detractors": measured.detractors}
    total = max(measured.responses, 1)
    st.caption("  \n".join(f"{name}: {count:,} ({words.percent(count / total)})" for name, count in counts.items()))


PEOPLE_COLUMNS = {
    "person_id": "Person",
    "name": "Name",
    "account": "Account",
    "role": "Role",
    "score": st.column_config.NumberColumn("Score", width="small"),
    "activity": st.column_config.NumberColumn("Activity", format="localized", width="small"),
    "responded_at": st.column_config.DateColumn("Answered"),
    "comment": st.column_config.TextColumn("Comment", width="large"),
}
PEOPLE_SHOWN = 1_000


def first(people: pd.DataFrame, columns: dict) -> pd.DataFrame:
    """The first of them, in the columns that say anything, blank where nothing is said."""
    known = people.head(PEOPLE_SHOWN)
    known = known[[name for name in columns if known[name].notna().any()]]
    return known.assign(**known.select_dtypes("str").fillna(""))


def people(frame: pd.DataFrame, key: str) -> None:
    """People, the latest answers first, sortable and searchable; a click on a row opens the person."""
    wanted = st.text_input("Search", key=f"{key}_search", placeholder="A name, an account, a word of a comment")
    found = contacts.mentions(frame, wanted).nonzero()[0][::-1]
    listed = first(frame.iloc[found[:PEOPLE_SHOWN]], PEOPLE_COLUMNS)
    picked = st.dataframe(
        listed,
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=PEOPLE_COLUMNS,
    )
    shown = f"The latest {len(listed):,} of {len(found):,}" if len(found) > len(listed) else f"{len(found):,} people"
    st.caption(f"{shown}. Tick a row to open the person; click a heading to sort.")
    if picked["selection"]["rows"]:
        _shared.open_person(listed.iloc[picked["selection"]["rows"][0]]["person_id"])


FEATURE_COLUMNS = {
    "label": "Feature",
    "kind": "Kind",
    "users": st.column_config.NumberColumn("Users", format="localized"),
    "reach": st.column_config.NumberColumn("Reach", format="percent", help="Share of the selection that uses it"),
    "left": st.column_config.NumberColumn("Users who left", format="percent", help="After their latest answer"),
    "nps": st.column_config.NumberColumn("NPS of users", format="%.0f"),
    "naive": st.column_config.NumberColumn("Against everybody", format="%+.0f", help="Users minus all others"),
    "adjusted": st.column_config.NumberColumn(
        "Against as active", format="%+.0f", help="Users minus others who are as active without this feature"
    ),
    "low": st.column_config.NumberColumn("from", format="%+.0f", help="Lower end of the 95% interval"),
    "high": st.column_config.NumberColumn("to", format="%+.0f", help="Upper end of the 95% interval"),
    "robust": st.column_config.CheckboxColumn("Holds", help="Still differs if a tenth of the correction were missing"),
    "overlap": st.column_config.NumberColumn("Compared", format="percent", help="Share of people with a counterpart"),
    "reach_rest": st.column_config.NumberColumn("Reach, others", format="percent", help="Share of everyone else"),
    "reach_difference": st.column_config.NumberColumn(
        "Reach, difference", format="percent", help="Against others who are as active"
    ),
    "verdict": "Verdict",
}


def features(frame: pd.DataFrame) -> None:
    """Every feature with its figures, sortable and searchable."""
    known = [name for name in FEATURE_COLUMNS if name in frame]
    filled = [name for name in known if name in ("label", "users") or frame[name].notna().any()]
    known = frame.sort_values(["robust", "reach"], ascending=False)[filled]
    st.dataframe(known, hide_index=True, column_config=FEATURE_COLUMNS, key="feature_table")


NUMBER_COLUMNS = {
    "score": "Score",
    "group": "Group",
    "value": "Value",
    "period": st.column_config.DateColumn("From"),
    "responses": st.column_config.NumberColumn("Answers", format="localized"),
    "share": st.column_config.NumberColumn("Share", format="percent"),
    "share_rest": st.column_config.NumberColumn("Share of everyone else", format="percent"),
    "nps": st.column_config.NumberColumn("NPS", format="%.0f"),
    "low": st.column_config.NumberColumn("Interval from", format="%.0f"),
    "high": st.column_config.NumberColumn("to", format="%.0f"),
    "shrunk": st.column_config.NumberColumn("For ranking", format="%.0f", help="With 30 average answers added"),
    "p": None,
    "q": st.column_config.NumberColumn("Chance (q)", format="%.3f", help="Corrected for the number of groups"),
    "flagged": st.column_config.CheckboxColumn("Differs"),
    "alarm": st.column_config.CheckboxColumn("Really fell"),
    "who": "Who",
    "value_a": "Row",
    "value_b": "Column",
    "responses_before": st.column_config.NumberColumn("Answers before", format="localized"),
    "responses_after": st.column_config.NumberColumn("Answers after", format="localized"),
    "nps_before": st.column_config.NumberColumn("NPS before", format="%.0f"),
    "nps_after": st.column_config.NumberColumn("NPS after", format="%.0f"),
    "mix": st.column_config.NumberColumn("Who answered", format="%+.1f", help="Points, by other shares of answers"),
    "rate": st.column_config.NumberColumn("How they scored", format="%+.1f", help="Points, by other scores"),
    "rate_low": st.column_config.NumberColumn("from", format="%+.1f"),
    "rate_high": st.column_config.NumberColumn("to", format="%+.1f"),
    "kind": "Kind",
    "label": "Feature",
    "feature": None,
    "uses": st.column_config.NumberColumn("Uses", format="localized"),
    "typical": st.column_config.NumberColumn("Typical user", format="localized"),
    "reach": st.column_config.NumberColumn("Used by", format="percent"),
}


def numbers(frame: pd.DataFrame, key: str, title: str = "The numbers") -> None:
    """The table behind a chart. Scores of fewer than 10 answers stay empty here, too."""
    if {"responses", "nps"} <= {*frame}:
        few = frame["responses"] < 10
        frame = frame.assign(
            **{name: frame[name].mask(few) for name in ("nps", "low", "high", "shrunk") if name in frame}
        )
    with st.expander(title):
        st.dataframe(frame, hide_index=True, column_config=NUMBER_COLUMNS, key=key)


def card(answer: pd.Series) -> None:
    """Who somebody is."""
    known = [answer[name] for name in ("name", "role", "account", "plan", "email") if isinstance(answer[name], str)]
    text(" · ".join(known) or answer["person_id"])
    if answer["opted_out"]:
        st.caption("Does not want to be contacted.")


def comments(answers: pd.DataFrame) -> None:
    """What somebody said, the latest first."""
    for _, answer in answers[::-1].iterrows():
        when = "" if pd.isna(answer["responded_at"]) else f"{answer['responded_at']:%d %B %Y}: "
        with st.container(border=True):
            st.caption(f"{when}{answer['score']}, {answer['group'].lower()}")
            text(answer["comment"] if isinstance(answer["comment"], str) else "No comment.")


def measures(panel: nps.Panel, answer: pd.Series) -> None:
    """Somebody's score and every measure of use before it; the one on the map's axis with its percentile."""
    scored, *places = st.columns(1 + len(panel.measures))
    scored.metric("Latest score", int(answer["score"]), help="0-6 detractor, 7-8 passive, 9-10 promoter")
    scored.caption(answer["group"])
    for place, name in zip(places, panel.measures, strict=True):
        window = f"In the {panel.window_days} days before the answer"
        place.metric(MEASURES[name], f"{answer[name]:,.0f}", help=window)
        if name == panel.measure:
            place.caption(f"Percentile {words.points(answer['percentile'])} of the people who answered")


def quotes(people: pd.DataFrame, most: int) -> None:
    """What people said, the latest first."""
    said = people.dropna(subset=["comment"])[::-1]
    with st.expander(f"What they said ({len(said):,} comments)"):
        for row in said.head(most).itertuples():
            text(f"{row.score}  {row.comment}")
        if len(said) > most:
            st.caption(f"The latest {most} of {len(said):,}.")


ALIKE_COLUMNS = {
    "likeness": st.column_config.NumberColumn("Like a promoter", format="percent", width="small"),
    **PEOPLE_COLUMNS,
}
CALIBRATION_COLUMNS = {
    "fifth": "Fifth",
    "people": st.column_config.NumberColumn("People", format="localized"),
    "predicted": st.column_config.NumberColumn("Expected promoters", format="percent"),
    "observed": st.column_config.NumberColumn("Promoters", format="percent"),
}
RESPONSE_COLUMNS = {
    "low": st.column_config.NumberColumn("Activity from", format="localized"),
    "high": st.column_config.NumberColumn("to", format="localized"),
    "users": st.column_config.NumberColumn("Could have answered", format="localized"),
    "detractors": st.column_config.NumberColumn("Detractors", format="localized"),
    "passives": st.column_config.NumberColumn("Passives", format="localized"),
    "promoters": st.column_config.NumberColumn("Promoters", format="localized"),
    "respondents": st.column_config.NumberColumn("Answered", format="localized"),
    "share_users": None,
    "share_respondents": None,
    "response": st.column_config.NumberColumn("Share who answered", format="percent"),
}
MOVES_COLUMNS = {
    "before": "From",
    "after": "To",
    "moves": st.column_config.NumberColumn("Times", format="localized"),
    "share": st.column_config.NumberColumn("Share of all", format="percent"),
    "share_of_before": st.column_config.NumberColumn("Share of those who were", format="percent"),
}
WEIGHTED_COLUMNS = {
    "way": "Counted so that",
    "nps": st.column_config.NumberColumn("NPS", format="%.0f"),
    "low": st.column_config.NumberColumn("Interval from", format="%.0f"),
    "high": st.column_config.NumberColumn("to", format="%.0f"),
    "responses": st.column_config.NumberColumn("Answers", format="localized"),
    "n_eff": st.column_config.NumberColumn("Worth", format="%.0f"),
    "clusters": st.column_config.NumberColumn("Accounts or people", format="localized"),
    "left_out": st.column_config.NumberColumn("Left out", format="localized"),
}


SURVEY_COLUMNS = {
    "survey": "Survey",
    "kind": st.column_config.TextColumn(
        "Kind", help="Relational: now and then, about all. Transactional: after something"
    ),
    "told_by": "Told by",
    "answers": st.column_config.NumberColumn("Answers", format="localized"),
    "people": st.column_config.NumberColumn("People", format="localized"),
    "first": st.column_config.DateColumn("First answer"),
    "last": st.column_config.DateColumn("Last answer"),
}
AFTER_WHAT_COLUMNS = {
    "feature": "Just before answering",
    "kind": "Kind",
    "answers": None,
    "just": st.column_config.NumberColumn("Answers", format="localized", help="Their person used it in the last day"),
    "share": st.column_config.NumberColumn("Share of all", format="percent"),
    "expected": st.column_config.NumberColumn("On a typical day", format="percent"),
    "ratio": st.column_config.NumberColumn("Times as often", format="%.1f"),
    "low": st.column_config.NumberColumn("from", format="%.1f", help="Lower end of the 95% interval"),
    "high": st.column_config.NumberColumn("to", format="%.1f", help="Upper end of the 95% interval"),
    "p": None,
    "q": st.column_config.NumberColumn("Chance (q)", format="%.3f", help="Corrected for the number of features"),
}


def number(value: float) -> str:
    """A figure, or a dash when it is not known."""
    return "—" if pd.isna(value) else f"{value:,.0f}"


def sureness(finding) -> str:
    """How sure a finding is."""
    chance = "under 0.001" if finding.q < 0.001 else f"{finding.q:.3f}"
    return f"n = {finding.n:,} against {finding.n_rest:,}; chance after correction (q): {chance}"


def problem(sentence: str) -> None:
    """One sentence on what is wrong; it may quote a file."""
    with st.container(border=True):
        text(f"⚠  {sentence}")


def facts(panel: nps.Panel) -> list[str]:
    """What a person should know about the data at hand."""
    respondents = panel.respondents
    when = panel.answers["responded_at"].dropna()
    said = [f"Answers from {when.min():%d %B %Y} to {when.max():%d %B %Y}."] if len(when) else []
    if panel.has_usage:
        active = int((respondents["features_used"] > 0).sum())
        share = words.percent(active / max(len(respondents), 1))
        said.append(f"{share} of the people who answered used something in the {panel.window_days} days before.")
    else:
        said.append("No usage: score, trend and segments work; the usage map and the features need it.")
    said.append(
        f"People can be divided by {', '.join(panel.segments)}." if panel.segments else "Nothing divides people."
    )
    return [*said, *panel.notes]


def needs_usage(panel: nps.Panel) -> None:
    """Stop here, and say what to add, where there is no usage."""
    if not panel.has_usage:
        st.info(
            "This page compares answers with what people do in the product. Add a usage file: "
            "one row per event, or per person and feature, or one column per feature.",
            icon=":material/upload_file:",
        )
        st.page_link("data.py", label="Add usage on the Data page", icon=":material/upload_file:")
        st.stop()
