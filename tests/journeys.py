"""Whole pages as people go through them: open a link, bring files, read what stands there."""

import json
from functools import cache
from pathlib import Path

import files
import pandas as pd
from conftest import ROOT
from pandas.testing import assert_frame_equal
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import nps
from nps.measures.rules import MIN_SHOWN
from nps.wording import verdicts, words
from nps.wording.formulas import FORMULAS
from pages.session import links
from pages.session.held import Dataset

PAGES = (
    "overview",
    "usage_map",
    "segments",
    "features",
    "reasons",
    "people",
    "person",
    "accounts",
    "follow_up",
    "data",
)


FOLDED = (
    "data",
    "dates",
    "surveys",
    "people",
    "rules",
    "filters",
    "share",
    "findings",
    "save_audience",
    "privacy",
    "remove_audience",
    "save_set",
    "remove_set",
    "save_metric",
    "remove_metric",
    "languages",
    "rules_new",
    "rules_feature_new",
    "list_rules",
    "watched_keys",
    "watched_makers",
    "weights",
    "onboarding_steps",
    "follow_map",
    "map_bars",
    "map_range",
    "follow_people",
    "follow_accounts",
    "follow_account",
    "rule_off",
    "survey_asked",
    "contact_rules",
    "new_task",
    "delete_campaign",
    "keep_feature",
    "keep_finding",
    "new_note",
    "exclude_True",
    "exclude_False",
)


NUMBERS = (  # tables behind charts
    *("after_what", "change_table", "crossed_table", "event_release_table", "feature_release"),
    *("feature_segment_table", "feature_trend_table", "persona_table", "person_table", "person_weeks"),
    *("segment_table", "who_answered_table", "months", "fifths", "account_weeks", "metric", "playbook_days"),
)


class Files:
    """Files that people bring: their bytes, and the panels that Python makes of them."""

    def __init__(self, folder: Path, contents: dict[str, bytes]) -> None:
        paths = files.saved(folder, contents)
        self.contents = contents
        self.panel = cache(lambda window, measure: nps.load(**paths, window_days=window, measure=measure))

    @property
    def usual(self) -> nps.Panel:
        return self.panel(90, "active_days")


def opened(read: Files | None = None, page: str = "overview", **query: str) -> AppTest:
    """The app, opened at a link to a page; it looks at the sample, or at files that were read already."""
    app = AppTest.from_file(str(ROOT / "pages/dashboard.py"), default_timeout=120)
    if read:
        app.session_state["dataset"] = Dataset("files", "0123456789abcdef", read)
    unfold(app)
    for name, value in query.items():
        app.query_params[name] = value
    address = next((address for address, file in links.FILES.items() if file == page), page)
    app._page_hash = calc_hash(address)  # `switch_page` knows addresses from the second run on only
    return healthy(app.run(), page)


def unfold(app: AppTest) -> None:
    """Popovers, and what is folded, are filled only when they are open: open them all."""
    for name in (*FOLDED, *(f"how_{figure}" for figure in FORMULAS)):
        app.session_state[f"open_{name}"] = True
    for name in (
        "all_changes",
        "rules_edit",
        "watch_model",
        "goes_with_opened",
        "at_stake_opened",
        "health_history",
        "person_health",
        *(f"numbers_{table}" for table in NUMBERS),
    ):
        app.session_state[name] = True


def healthy(app: AppTest, page: str = "") -> AppTest:
    """The same app, on this page, with one headline and without an exception."""
    assert not app.exception, page
    assert len(app.title) == 1, page
    return app


def visit(app: AppTest, page: str) -> AppTest:
    return healthy(app.switch_page(f"{page}.py").run(), page)


def bring(app: AppTest, **contents: bytes) -> AppTest:
    """Upload these files on the Data page and use them."""
    visit(app, "data")
    for table, content in contents.items():
        app.file_uploader(key=f"upload_{table}").upload(f"{table}.csv", content)
    settled(app.run())
    return settled(app.button(key="use_files").click().run())


def settled(app: AppTest) -> AppTest:
    """The Data page once no worker is busy any more; each run of the page waits a while for it."""
    for _ in range(100):
        if all(button.key != "cancel_reading" for button in healthy(app, "data").button):
            return app
        app.run()
    raise AssertionError("a worker never finished")


def headline(app: AppTest) -> str:
    """What the page says first."""
    (title,) = app.title
    return title.value


def said(app: AppTest) -> str:
    """All that stands on the page, one piece a line."""
    pieces = (*app.main.text, *app.main.info, *app.main.caption, *app.main.markdown)
    return "\n".join(piece.value for piece in pieces)


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def table(app: AppTest, *columns: str) -> pd.DataFrame:
    """The one table on the page that has these columns."""
    (found,) = [frame.value for frame in app.dataframe if {*columns} <= {*frame.value}]
    return found


def quotes(app: AppTest, key: str) -> list[dict]:
    """What a list of quotes shows, as its component is told."""
    (found,) = [each for each in app.get("bidi_component") if each.proto.id.endswith(f"-{key}")]
    return json.loads(found.proto.json)["quotes"]


def marked(quote: dict) -> str:
    """The words of a quote that are marked."""
    return " ".join(text for text, mark in quote["pieces"] if mark)


def charts(app: AppTest) -> int:
    return len(app.get("vega_lite_chart"))


def equal(shown, wanted) -> None:
    """The table on the page holds these figures; types may have changed on the way."""
    assert_frame_equal(
        shown.reset_index(drop=True), wanted.reset_index(drop=True), check_dtype=False, check_categorical=False
    )


def as_shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Shares in whole percent, points whole."""
    shares = ("share", "share_rest", "reach", "reach_rest", "reach_difference", "left", "overlap")
    points = ("nps", "low", "high", "shrunk", "naive", "by_activity", "adjusted")
    return frame.round(dict.fromkeys(shares, 2) | dict.fromkeys(points, 0))


def without_few(frame: pd.DataFrame) -> pd.DataFrame:
    """Features of fewer than 10 users have no score of their own."""
    return frame.assign(
        **{name: frame[name].where(frame["users"] >= 10) for name in ("nps", "naive", "left") if name in frame}
    )


def spoken(frame: pd.DataFrame) -> pd.DataFrame:
    """Features with what is said of them as verdict."""
    return verdicts.told(frame).drop(columns="label")


def shows_what_python_answers(app: AppTest, chosen: nps.Chosen) -> None:
    """On the overview and on the map the figures are those of the same selection in Python."""
    score, everybody = chosen.score, chosen.selection.region.everything
    shown = metrics(visit(app, "overview"))
    assert shown["People who answered"] == f"{len(chosen.per_person.places):,}"
    if chosen.selection.region.all_scores and score.responses >= MIN_SHOWN:
        assert shown["NPS"] == words.points(score.nps)
    people = f"{len(chosen.placed.places):,} people"
    assert visit(app, "usage_map").title[0].value == (people if everybody else f"{people} selected")
