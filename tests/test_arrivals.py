"""Uploads go to disk as they arrive, and Streamlit still decides who may upload."""

import asyncio
import hashlib
import tempfile
from pathlib import Path

import pytest
from streamlit import config

from pages import _arrivals

BOUNDARY = b"----boundary7"
HEAD = b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
END = b"\r\n--" + BOUNDARY + b"--\r\n"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch) -> Path:
    """Where uploads lie; no upload of another test is known."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(_arrivals, "_ARRIVED", {})
    return tmp_path


def put(body: bytes, answer: int = 204, chunk: int = 1000) -> tuple[int, bytes]:
    """Send a body through `ToDisk` in chunks: the status that comes back, and what the route behind it was given."""
    given, sent = [], []
    chunks = [body[start : start + chunk] for start in range(0, len(body), chunk)]

    async def route(_scope, receive, send):
        given.append((await receive())["body"])
        await send({"type": "http.response.start", "status": answer, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def receive():
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "PUT", "path": "/_stcore/upload_file/me/file1", "headers": []}
    asyncio.run(_arrivals.ToDisk(route)(scope, receive, send))
    return sent[0]["status"], b"".join(given)


@pytest.mark.parametrize("chunk", [7, 1000, 10**7])
@pytest.mark.parametrize(
    "content", [b"", b"person,score\r\na,9\r\n", b"\r\n--x\r\n", bytes(range(256)) * 12_000], ids=len
)
def test_the_content_is_on_disk_and_only_its_head_behind(content, chunk):
    chunk = max(chunk, len(content) // 500)
    status, given = put(HEAD + content + END, chunk=chunk)
    arrived = _arrivals._ARRIVED["me", "file1"]
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
    _arrivals._ARRIVED.clear()
    assert not any(place.iterdir())
