"""How things are shown on every page. Customer text goes through `text`, every file through `download`."""

import secrets
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

import nps
from nps.joined import MEASURES
from nps.measures import contacts, kinds, spreadsheets, words
from nps.measures.churn import Leavers
from nps.measures.formulas import FORMULAS
from nps.measures.rules import MIN_SHOWN
from pages.parts import values
from pages.session import data

RULE = "Share of promoters (9-10) minus share of detractors (0-6), in points from −100 to 100. "
REPEATS = {
    "latest": "One answer per person counts: the latest under the filters. ",
    "all": "Every answer counts, also several of one person. ",
}
UNKNOWN = "—"
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
    st.download_button(
        label,
        lambda: spreadsheets.as_csv(frame()),
        spreadsheets.file_name(file_name),
        f"text/csv; session={_mark()}",
        key=key,
        icon=":material/download:",
        on_click="ignore",
        **button,
    )


def _mark() -> str:
    """The same in this session only, so that no two sessions have an address in common, whatever they download."""
    return st.session_state.setdefault("download_mark", secrets.token_hex())


def score(label: str, measured: nps.Score, key: str | None = None) -> None:
    """A score with its interval, n and rule."""
    with st.container(key=key):
        shown = words.points(measured.nps) if measured.responses >= MIN_SHOWN else "too few"
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
    window = f"; activity is use {words.before(chosen.panel.window_days, chosen.panel.dated)}"
    st.caption(f"Counts {rule}{window if chosen.panel.has_usage else ''}.")
    if not chosen.cube.strangers:
        st.caption("Answers of one account, or of one person, are alike: every interval and test takes them together.")
    surveys = chosen.people["survey"].dropna().unique()
    if chosen.panel.main_surveys:
        text(words.of_surveys(kinds.groups(chosen.panel.surveys), chosen.selection.survey))
    elif len(surveys) > 1:
        text(
            f"Counted together: {', '.join(surveys)}. Choose one survey in the sidebar where they ask different things."
        )


def undated(answers: int) -> None:
    """How many answers are left out of what needs a date."""
    if answers:
        st.caption(words.of_undated(answers))


def how(chosen: nps.Chosen, *figures: str) -> None:
    """A place to open: whom the figures count, and each one's rule and formula."""
    with st.popover("How it is counted", icon=":material/function:", key=f"how_{figures[0]}"):
        panel = chosen.panel
        said = chosen.score.responses, chosen.selection, panel.measure, panel.window_days, panel.dated
        text(words.basis(*said))
        for figure in figures:
            formula = FORMULAS[figure]
            st.markdown(f"**{formula.name}**")
            st.caption(formula.rule)
            st.code(formula.formula, language=None, wrap_lines=True)
        headings = dict.fromkeys(FORMULAS[figure].heading for figure in figures)
        st.caption(f"More, and how well it holds up, in docs/methods.md: {', '.join(headings)}.")


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


def people(answers: pd.DataFrame, key: str, places: Sequence[int] | None = None) -> None:
    """People, the latest answers first, sortable and searchable; a click on a row opens the person.

    places  where their answers stand, oldest first; None: all of them
    """
    wanted = st.text_input("Search", key=f"{key}_search", placeholder="A name, an account, a word of a comment")
    latest, found = contacts.latest(answers[[*{*PEOPLE_COLUMNS, *contacts.MENTIONED}]], wanted, PEOPLE_SHOWN, places)
    listed = first(latest, PEOPLE_COLUMNS)
    picked = st.dataframe(
        listed,
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=PEOPLE_COLUMNS,
        placeholder=UNKNOWN,
    )
    shown = f"The latest {len(listed):,} of {found:,}" if found > len(listed) else f"{found:,} people"
    st.caption(f"{shown}. Tick a row to open the person; click a heading to sort.")
    if (row := values.row(picked, len(listed))) is not None:
        data.open_person(listed.iloc[row]["person_id"])


def card(answer: pd.Series) -> None:
    """Who somebody is."""
    known = [answer[name] for name in ("name", "role", "account", "plan", "email") if isinstance(answer[name], str)]
    text(" · ".join(known) or answer["person_id"])
    if answer["opted_out"]:
        st.caption("Does not want to be contacted.")


def comments(answers: pd.DataFrame) -> None:
    """What somebody said, the latest first."""
    for _, answer in answers[::-1].iterrows():
        when = "" if pd.isna(answer["responded_at"]) else f"{words.day(answer['responded_at'])}: "
        with st.container(border=True):
            st.caption(f"{when}{answer['score']}, {answer['group'].lower()}")
            text(answer["comment"] if isinstance(answer["comment"], str) else "No comment.")


def measures(panel: nps.Panel, answer: pd.Series) -> None:
    """Somebody's score and every measure of use before it; the one on the map's axis with its percentile."""
    scored, *places = st.columns(1 + len(panel.measures))
    scored.metric("Latest score", int(answer["score"]), help="0-6 detractor, 7-8 passive, 9-10 promoter")
    scored.caption(answer["group"])
    for place, name in zip(places, panel.measures, strict=True):
        window = words.before(panel.window_days, panel.dated).capitalize()
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


def number(value: float) -> str:
    """A figure, or a dash when it is not known."""
    return UNKNOWN if pd.isna(value) else f"{value:,.0f}"


def sureness(finding) -> str:
    """How sure a finding is."""
    wrong = "under 0.1%" if finding.q < 0.001 else f"{finding.q:.1%}"
    return f"n = {finding.n:,} against {finding.n_rest:,}; of all findings this sure or surer {wrong} may be false (q)"


def problem(sentence: str) -> None:
    """One sentence on what is wrong; it may quote a file."""
    with st.container(border=True):
        text(f"⚠  {sentence}")


def facts(panel: nps.Panel) -> list[str]:
    """What a person should know about the data at hand."""
    respondents = panel.respondents
    when = panel.answers["responded_at"].dropna()
    said = [f"Answers from {words.day(when.min())} to {words.day(when.max())}."] if len(when) else []
    if panel.has_usage:
        active = int((respondents["features_used"] > 0).sum())
        share = words.percent(active / max(len(respondents), 1))
        when = words.before(panel.window_days, panel.dated, "it")
        said.append(f"{share} of the people who answered used something {when}.")
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
