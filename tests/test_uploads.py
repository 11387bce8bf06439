"""Uploads go to disk as they arrive, and Streamlit still decides who may upload."""

import asyncio
import hashlib
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import finished
from starlette.types import Receive
from streamlit import config, runtime
from streamlit.runtime import Runtime

from nps.sources.budget import Budget, Limits
from web import pace, uploads

BOUNDARY = b"----boundary7"
HEAD = b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
END = b"\r\n--" + BOUNDARY + b"--\r\n"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch) -> Path:
    """Where uploads lie; no upload of another test is known."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(uploads, "_SESSIONS", {})
    return tmp_path


def put(body: bytes, answer: int = 204, chunk: int = 1000) -> tuple[int, bytes]:
    """Send a body through `ToDisk` in chunks: the status that comes back, and what the route behind it was given."""
    given = []
    chunks = [body[start : start + chunk] for start in range(0, len(body), chunk)]

    async def receive():
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    status = finished(asked("PUT", "file1", receive, answer, given))
    return status, b"".join(given)


async def asked(method: str, file: str, receive: Receive, answer: int = 204, given: list | None = None) -> int:
    """The status of a request to `ToDisk`, in front of a route that answers so, whose bodies are added to `given`."""
    sent = []

    async def route(_scope, receive, send):
        body = (await receive())["body"]
        if given is not None:
            given.append(body)
        await send({"type": "http.response.start", "status": answer, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": f"/_stcore/upload_file/me/{file}", "headers": []}
    await uploads.ToDisk(route)(scope, receive, send)
    return sent[0]["status"]


async def at_once():
    """The body of a small upload."""
    return {"type": "http.request", "body": HEAD + b"person,score\n" + END, "more_body": False}


async def never():
    """The body of an upload that does not come."""
    await asyncio.Event().wait()


@pytest.mark.parametrize("chunk", [7, 1000, 10**7])
@pytest.mark.parametrize(
    "content", [b"", b"person,score\r\na,9\r\n", b"\r\n--x\r\n", bytes(range(256)) * 12_000], ids=len
)
def test_the_content_is_on_disk_and_only_its_head_behind(content, chunk):
    chunk = max(chunk, len(content) // 500)
    status, given = put(HEAD + content + END, chunk=chunk)
    arrived = uploads._SESSIONS["me"].arrived["file1"]
    assert status == 204
    assert given == HEAD + b"on disk" + END
    assert arrived.path.read_bytes() == content
    assert arrived.sha256 == hashlib.sha256(content).hexdigest()


def test_who_may_not_upload_leaves_nothing(place):
    status, _ = put(HEAD + b"secret" + END, answer=403)
    assert status == 403
    assert not any(place.iterdir())


def test_an_upload_that_breaks_off_leaves_nothing(place):
    status, _ = put(HEAD + b"person,score\n" * 100)
    assert status == 400
    assert not any(place.iterdir())


def test_an_upload_above_the_limit_leaves_nothing(place):
    limit = config.get_option("server.maxUploadSize")
    config.set_option("server.maxUploadSize", 1)
    try:
        status, _ = put(HEAD + b"x" * 3 * 1024**2 + END, chunk=64 * 1024)
    finally:
        config.set_option("server.maxUploadSize", limit)
    assert status == 413
    assert not any(place.iterdir())


def test_a_file_goes_when_nobody_holds_it(place):
    put(HEAD + b"person,score\n" + END)
    assert len(list(place.iterdir())) == 1
    uploads.forget("me")
    assert not any(place.iterdir())


def test_an_upload_that_hardly_comes_is_ended_and_leaves_nothing(place, monkeypatch):
    monkeypatch.setattr(pace, "PACE_SECONDS", 0.05)
    assert finished(asked("PUT", "file1", never)) == 408
    assert not any(place.iterdir())


def test_an_upload_that_comes_along_may_take_longer_than_the_pace(monkeypatch):
    monkeypatch.setattr(pace, "PACE_SECONDS", 0.5)
    monkeypatch.setattr(pace, "PACE_BYTES", 10)
    chunks = [HEAD, *[b"0123456789"] * 10, END]

    async def receive():
        await asyncio.wait([asyncio.ensure_future(asyncio.Event().wait())], timeout=0.1)
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    assert finished(asked("PUT", "file1", receive)) == 204
    assert uploads._SESSIONS["me"].arrived["file1"].path.read_bytes() == b"0123456789" * 10


def test_a_few_come_at_once_and_the_others_wait_for_them(monkeypatch):
    monkeypatch.setattr(pace, "AT_ONCE", 2)

    async def visit():
        first, second = (asyncio.create_task(asked("PUT", name, never)) for name in "ab")
        await asyncio.wait([first, second], timeout=0.01)
        third = asyncio.create_task(asked("PUT", "c", at_once))
        await asyncio.wait([third], timeout=0.1)
        waited = not third.done()
        first.cancel()
        status = await third
        second.cancel()
        return waited, status

    assert finished(visit()) == (True, 204)


def test_what_waits_for_uploads_that_hardly_come_is_ended_with_them(monkeypatch):
    monkeypatch.setattr(pace, "PACE_SECONDS", 0.05)

    async def visit():
        return await asyncio.gather(*(asked("PUT", str(number), never) for number in range(9)))

    assert finished(visit()) == [408] * 9


def test_a_session_that_has_its_files_brings_no_more(monkeypatch):
    monkeypatch.setattr(uploads, "BUDGET", Budget(Limits(session_files=2)))
    statuses = [finished(asked("PUT", name, at_once)) for name in "abc"]
    assert statuses == [204, 204, 429]


def test_a_disk_without_room_takes_no_upload(place, monkeypatch):
    monkeypatch.setattr(uploads, "BUDGET", Budget(Limits(spare=10**18)))
    assert finished(asked("PUT", "a", at_once)) == 507
    assert not any(place.iterdir())


@pytest.mark.parametrize(("answer", "left"), [(403, 1), (204, 0)])
def test_a_file_is_deleted_when_streamlit_agrees(place, answer, left):
    finished(asked("PUT", "a", at_once))
    assert finished(asked("DELETE", "a", at_once, answer)) == answer
    assert len(list(place.iterdir())) == left


def test_what_no_page_takes_goes_by_itself(place, monkeypatch):
    monkeypatch.setattr(uploads, "UNTAKEN_SECONDS", 0.05)

    async def visit():
        await asked("PUT", "a", at_once)
        before = len(list(place.iterdir()))
        await asyncio.wait([asyncio.ensure_future(asyncio.Event().wait())], timeout=0.2)
        return before

    assert finished(visit()) == 1
    assert not any(place.iterdir())


@pytest.fixture
def page(monkeypatch):
    """A page of the session "me" on a real server."""
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: SimpleNamespace(session_id="me"))
    monkeypatch.setattr(runtime, "get_instance", lambda: Runtime.__new__(Runtime))


def test_a_page_takes_a_file_once(page):
    finished(asked("PUT", "a", at_once))
    uploaded = SimpleNamespace(file_id="a")
    assert uploads.take(uploaded).path.read_bytes() == b"person,score\n"
    assert uploads.take(uploaded) is None


def test_a_file_that_is_gone_is_gone_and_never_what_streamlit_was_told(page):
    assert uploads.take(SimpleNamespace(file_id="a")) is None
