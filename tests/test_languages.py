"""Another language is one more file: what there is to translate, what a translation holds, and that pages speak it."""

import ast
from string import Formatter

import polib
import pytest
from conftest import ROOT
from streamlit.testing.v1 import AppTest

from nps.wording import SENTENCES, speech, template

WRITTEN = sorted(speech.LANGUAGES.glob("*.po"))
WORDING = ROOT / "nps/wording"


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return template.template()


def texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgid, *filter(None, [entry.msgid_plural])]


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name is not None}


def faults(translated: polib.POFile) -> list[str]:
    """Texts whose translation has not the same values to fill in: one form may leave out how many."""
    wrong = []
    for entry in translated.translated_entries():
        wanted = set.union(*map(placeholders, texts(entry)))
        given = [entry.msgstr] if entry.msgstr else [*entry.msgstr_plural.values()]
        wrong += [text for text in given if not wanted - {"n"} <= placeholders(text) <= wanted]
    return wrong


def test_the_template_holds_every_sentence_and_what_is_written_out_in_the_code(catalogue):
    held = {text for entry in catalogue for text in texts(entry)}
    coded = {text for pair in SENTENCES.values() for text in (pair if isinstance(pair, tuple) else (pair,))}
    assert coded <= held
    assert {
        "Map",
        "{n} second left",
        "{n} seconds left",
        "January",
        "Clear filters and rules",
        "Qualtrics export",
    } <= held


def test_each_text_stands_in_the_template_once_so_that_gettext_can_tell_them_apart(catalogue):
    ids = [entry.msgid for entry in catalogue]
    assert sorted(ids) == sorted({*ids})


def test_the_template_can_be_written_and_read_again(catalogue):
    again = polib.pofile(str(catalogue))
    assert [*map(texts, again)] == [*map(texts, catalogue)]
    assert again.metadata["Plural-Forms"]


def test_a_text_is_written_out_where_it_is_translated():
    """Or in a table of the same file, named there; nps/wording hands its tables about. Else no template can hold it."""

    def made_up(path) -> set[int]:
        tree = ast.parse(path.read_text("utf-8"))
        return {
            call.lineno
            for call, texts in template.given(tree)
            if not all(isinstance(text, ast.Constant) for text in texts)
            and not template.named(texts) & {*template.tables(tree)}
        }

    others = [path for path in template.sources() if not path.is_relative_to(WORDING)]
    assert {path.name: lines for path in others if (lines := made_up(path))} == {}


@pytest.mark.parametrize("path", WRITTEN, ids=[path.stem for path in WRITTEN])
def test_a_language_has_the_values_of_the_english(path):
    assert faults(polib.pofile(path)) == []


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("ein Tag bis {day}", "{n} Tage bis {day}", []),
        ("{n} Tag bis {day}", "{n} Tage bis {day}", []),
        ("ein Tag", "{n} Tage bis {day}", ["ein Tag"]),
        ("ein Tag bis {day}", "{n} Tage bis {Tag}", ["{n} Tage bis {Tag}"]),
    ],
)
def test_a_translation_that_fills_in_other_values_is_found(one, other, wrong):
    plural = {0: one, 1: other}
    entry = polib.POEntry(msgid="1 day to {day}", msgid_plural="{n} days to {day}", msgstr_plural=plural)
    file = polib.POFile()
    file.append(entry)
    assert faults(file) == wrong


@pytest.fixture
def german(tmp_path, monkeypatch, catalogue):
    """A few texts of the template in German, as somebody would begin."""
    said = {"Whom do you want to see?": "Wen suchen Sie?", "Search": "Suche"}
    begun = polib.pofile(str(catalogue))
    for entry in begun:
        entry.msgstr = said.get(entry.msgid, "")
    begun.save(tmp_path / "de.po")
    monkeypatch.setattr(speech, "LANGUAGES", tmp_path)
    monkeypatch.delenv("NPS_LENS_LANGUAGE", raising=False)
    speech._catalogue.cache_clear()
    yield
    speech._catalogue.cache_clear()


def test_a_page_speaks_the_language_of_the_browser_and_english_where_nobody_has_translated(german):
    app = AppTest.from_file(str(ROOT / "pages/dashboard.py"), default_timeout=120)
    app.context = {"locale": "de-AT"}
    app.switch_page("person.py").run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Wen suchen Sie?"]
    assert app.text_input(key="person_search").label == "Suche"
    assert "Search above, or click a dot" in " ".join(caption.value for caption in app.caption)


def test_what_moves_by_itself_goes_on_in_the_language_of_its_page():
    """The second run is Streamlit's own: of the fragment alone, in the next run of the script."""

    def script():
        import streamlit as st

        from nps.wording import _, language, speak
        from pages.session.moving import moving

        @moving(60)
        def part():
            st.text(_("Search"))
            st.text(language())

        if "spoken" not in st.session_state:
            st.session_state["spoken"] = True
            with speak("en-XA"):
                part()
        for fragment in st.session_state.get("others", ()):
            fragment()

    app = AppTest.from_function(script, default_timeout=60).run()
    assert [text.value for text in app.text] == ["Šéåŕçĥ", "en-XA"]
    (again,) = app._fragment_storage._fragments.values()
    app.session_state["others"] = [again]
    assert [text.value for text in app.run().text] == ["Šéåŕçĥ", "en-XA"]
