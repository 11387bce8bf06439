"""Which language is spoken to whom: the administrator's, else the visitor's, wherever a sentence of ours comes from."""

from types import SimpleNamespace

import polib
import pytest
import streamlit as st
from conftest import finished
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from nps.wording import _, speech
from web import spoken


@pytest.fixture(autouse=True)
def languages(tmp_path, monkeypatch):
    """Somebody wrote down one language and one of its variants; a text of each says which it is."""
    for name in ("ya", "ya-B"):
        catalogue = polib.POFile()
        catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
        catalogue.append(polib.POEntry(msgid="Hello", msgstr=name))
        catalogue.save(str(tmp_path / f"{name}.po"))
    monkeypatch.setattr(speech, "LANGUAGES", tmp_path)
    monkeypatch.delenv("NPS_LENS_LANGUAGE", raising=False)


def answered(header: str | None) -> str:
    """What an application says behind the middleware to a request with this Accept-Language."""
    sent = []

    async def app(scope, receive, send):
        await PlainTextResponse(_("Hello"))(scope, receive, send)

    async def send(message):
        sent.append(message)

    headers = [] if header is None else [(b"accept-language", header.encode())]
    finished(spoken.Spoken(app)({"type": "http", "headers": headers}, None, send))
    return sent[1]["body"].decode()


SAID = [
    ("ya", "ya"),
    ("ya-A,ya;q=0.9,en;q=0.8", "ya"),
    ("ya-B-C", "ya-B"),
    ("en-GB, ya", "Hello"),
    ("en-XA", "Hello"),  # nobody gets the pseudo-language by asking
    ("../ya", "Hello"),
    ("", "Hello"),
    (None, "Hello"),
]


@pytest.mark.parametrize(("header", "text"), SAID)
def test_an_answer_is_in_the_language_that_a_browser_asks_for_first(header, text):
    assert answered(header) == text


@pytest.mark.parametrize(("locale", "language"), [("ya", "ya"), ("en-XA", "en"), (None, "en")])
def test_a_page_is_in_the_language_of_the_browser(monkeypatch, locale, language):
    monkeypatch.setattr(st, "context", SimpleNamespace(locale=locale))
    assert spoken.of_visitor() == language


def test_what_the_administrator_sets_counts_for_everybody(monkeypatch):
    monkeypatch.setenv("NPS_LENS_LANGUAGE", "ya-B")
    monkeypatch.setattr(st, "context", SimpleNamespace(locale="en-GB"))
    assert answered("en-GB") == spoken.of_visitor() == spoken.of_request(Headers()) == "ya-B"
