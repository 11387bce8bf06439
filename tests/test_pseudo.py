"""Nothing of ours is unmarked and nothing of the customer's is marked, on every page, in every file and command."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import files
import pseudo
import pytest
import streamlit as st
from conftest import ROOT
from journeys import unfold
from streamlit.testing.v1 import AppTest

import nps
from nps import __main__ as command_line
from nps.chosen.watching import Watching
from nps.steps import Onboarding, Step
from nps.wording import speech, template
from pages.session import watching
from pages.session.held import Dataset
from web import identity
from workspace.access.actor import Actor, Role

ADDRESSES = {"overview": "", "usage_map": "map"}  # where that is not the name of the file
MERGED = {"merged/overview": "", "merged/segments": "segments", "merged/features": "features"}
CUT = {"activity": "50-100", "score": "7-8"}


@pytest.fixture(autouse=True)
def marked(monkeypatch, tmp_path):
    """Everybody is spoken to in the pseudo-language, and whatever is asked for stands in the template."""
    monkeypatch.setenv("NPS_LENS_LANGUAGE", "en-XA")
    monkeypatch.setenv("NPS_LENS_WORKSPACE", str(tmp_path / "workspace"))
    asked, translate = set(), speech._Pseudo.gettext
    monkeypatch.setattr(speech._Pseudo, "gettext", lambda self, text: asked.add(text) or translate(self, text))
    yield
    assert asked - to_be_translated() == set()


@cache
def to_be_translated() -> set[str]:
    return {text for entry in template.template() for text in (entry.msgid, entry.msgid_plural)}


class Product:
    """The customer's product, read once."""

    def __init__(self, paths: dict[str, Path]) -> None:
        self.panel = cache(lambda window, measure: nps.load(**paths, window_days=window, measure=measure))


@pytest.fixture(scope="module")
def product(tmp_path_factory) -> Product:
    return Product(files.saved(tmp_path_factory.mktemp("7product"), pseudo.product()))


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> Product:
    """Answers alone: a few people, two dates, nothing known of anybody."""
    paths = files.saved(tmp_path_factory.mktemp("7answers"), {"responses": pseudo.product(40)["responses"]})
    return Product(paths)


def opened(page: str, read: Product | None, state: dict[str, object], **query: str) -> AppTest:
    """A page, looking at files that were read already, with widgets set."""
    app = AppTest.from_file(str(ROOT / "pages/dashboard.py"), default_timeout=120)
    if read:
        app.session_state["dataset"] = Dataset("7files", "0123456789abcdef", read)
    unfold(app)
    for name, value in query.items():
        app.query_params[name] = value
    addresses = ADDRESSES | MERGED
    if page in addresses:
        app.run()  # only then it is known where the page is
    app.switch_page(f"{page}.py").run()
    assert app.session_state["page"] == addresses.get(page, page)
    for name, value in state.items():
        app.session_state[name] = value
    return app.run() if state else app


def hold(told: Iterable[tuple[str, str]]) -> None:
    """No word of ours is as it was written, and every one of the customer's is; else all that are wrong are listed."""
    found = {}
    for where, text in told:
        words = [*pseudo.unmarked(text), *(f"{word}!" for word in pseudo.marked(text))]
        if words:
            found[f"{where}: {text[:100]!r}"] = words
    assert not found, "".join(f"\n{' '.join(words[:5])} <- {place}" for place, words in found.items())


SEGMENT = "7region"
VIEWS = {
    "overview": ("overview", {"event_feature": "7Facilitation 7mode", "trend_step": "quarter"}, {}),
    "overview, rolling, in a period": (
        "overview",
        {"trend_step": "rolling"},
        {"from": "2026-01-01", "to": "2026-04-30"},
    ),
    "map": ("usage_map", {"segment_numbers": True, "feature_numbers": True}, {"activity": "50-100"}),
    "segments": ("segments", {}, {}),
    "segments over time": ("segments", {"segment": SEGMENT, "segment_view": "over_time"}, {}),
    "segments crossed": ("segments", {"segment": "plan", "segment_view": "crossed"}, {}),
    "segments changed": ("segments", {"segment": SEGMENT, "segment_view": "changed"}, {}),
    "features": ("features", {"feature": "7Share 7link"}, {}),
    "features, repeats": (
        "features",
        {"feature": "7Facilitation 7mode"},
        {"repeats": "all"},
    ),
    "features, leaving": ("features", {"outcome": "churn", "feature": "7Share 7link"}, {}),
    "features, leaving, compared": ("features", {"outcome": "churn", "feature_view": "comparison"}, {}),
    "reasons": ("reasons", {"rules_edit": False}, {}),  # in which the words of the rules stand
    "people": ("people", {}, {}),
    "people, metrics": ("people", {"people_view": "metrics"}, {}),
    "survey health": ("data", {"data_view": "survey_health"}, {"surveys": "together"}),
    "rows": ("data", {"data_view": "rows"}, {}),
    "person": ("person", {}, {"person": "u00569"}),
    "data": ("data", {}, {}),
    "overview, cut": ("overview", {}, CUT),
    "map, cut": ("usage_map", {"segment_numbers": True, "feature_numbers": True}, CUT),
    "segments, cut": ("segments", {}, CUT),
    "features, cut": ("features", {}, CUT),
    "reasons, cut": ("reasons", {"rules_edit": False}, CUT),
    "people, cut": ("people", {}, CUT),
}


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_speaks(view, product):
    page, state, query = VIEWS[view]
    app = opened(page, product, state, **query)
    assert not app.exception
    hold(pseudo.texts(app))


@pytest.mark.parametrize(
    ("page", "state", "query"),
    [("people", {"people_view": "onboarding"}, {}), ("person", {}, {"person": "u00001"})],
)
def test_onboarding_speaks(page, state, query, product, monkeypatch):
    features = product.panel(90, "active_days").who.features()
    steps = tuple(Step(f"7step{n}", (each,), n + 1) for n, each in enumerate(features[:3]))
    monkeypatch.setattr(watching, "_settings", lambda: Watching(onboarding=Onboarding(steps)))
    app = opened(page, product, state, **query)
    assert not app.exception
    hold(pseudo.texts(app))


@pytest.mark.parametrize("page", MERGED)
@pytest.mark.parametrize("data", ["product", "answers"])
def test_what_viewers_see_speaks(page, data, request, monkeypatch):
    monkeypatch.setattr(identity, "of_page", lambda: identity.Visitor(Actor("7vera", Role.VIEWER, 7), "7owner"))
    app = opened(page, request.getfixturevalue(data), {})
    assert not app.exception
    hold(pseudo.texts(app))


@pytest.mark.parametrize("page", ["overview", "usage_map", "features", "segments", "people", "person", "data"])
def test_what_answers_alone_cannot_tell_is_said(page, answers):
    app = opened(page, answers, {})
    assert not app.exception
    hold(pseudo.texts(app))


@pytest.fixture
def downloads(monkeypatch) -> list[tuple[str, Callable[[], bytes]]]:
    """The files of a page, by name, and what makes each; a browser asks for them later, in no run of the page."""
    made = []
    monkeypatch.setattr(st, "download_button", lambda _label, data, name, *_more, **_how: made.append((name, data)))
    return made


def test_files_that_are_brought_are_told_of_as_pages_are(product, downloads):
    app = opened("data", product, {})
    for table, content in pseudo.brought().items():
        app.file_uploader(key=f"upload_{table}").upload(f"7{table}.csv", content)
    settled(app.run())
    hold(pseudo.texts(app))
    settled(app.button(key="use_files").click().run())
    hold(pseudo.texts(app))
    assert len(downloads) >= 2


def settled(app: AppTest) -> AppTest:
    """The page once no worker is busy."""
    for _again in range(100):
        assert not app.exception
        if all(button.key != "cancel_reading" for button in app.button):
            return app
        app.run()
    raise AssertionError("a worker never finished")


@pytest.mark.parametrize(("page", "view"), [("usage_map", {}), ("data", {"data_view": "survey_health"})])
def test_a_table_is_in_the_language_of_its_page(page, view, product, downloads):
    opened(page, product, view, activity="50-100")
    tables = [made for name, made in downloads if name.endswith(".csv")]
    assert tables
    for made in tables:
        hold((f"{page}.csv", line) for line in made().decode("utf-8-sig").splitlines())


@pytest.mark.parametrize("command", ["score", "reasons", "accounts", "check"])
def test_the_command_line_speaks(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for table, content in pseudo.brought().items():
        Path(f"7{table}.csv").write_bytes(content)
    asked = {
        "score": ["7responses.csv", "--usage", "7usage.csv", "--people", "7people.csv"],
        "reasons": ["7responses.csv", "--usage", "7usage.csv", "--people", "7people.csv"],
        "accounts": ["7responses.csv", "--usage", "7usage.csv", "--people", "7people.csv", "--list", "all"],
        "check": ["7responses.csv", "7usage.csv", "7people.csv", "7none.csv"],
    }
    command_line.main([command, *asked[command]])
    printed = capsys.readouterr()
    hold((command, line) for line in (printed.out + printed.err).splitlines())
