"""Scripts and styles go over the wire compressed, and are the same when unpacked."""

import gzip

import pytest
from conftest import finished

from web import compressed

SCRIPT = next(name for name in sorted(compressed.FILES) if name.endswith(".js"))


def asked(path: str, method: str = "GET", **headers: str) -> list[dict]:
    """What is sent for a request; a single 204 where it is left to others."""
    sent = []

    async def others(scope, receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def send(message):
        sent.append(message)

    wire = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": wire}
    finished(compressed.Compressed(others)(scope, None, send))
    return sent


def test_a_script_is_sent_compressed_for_good_and_unpacks_to_itself():
    start, body = asked(f"/static/{SCRIPT}", accept_encoding="br, gzip")
    headers = dict(start["headers"])
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"vary"] == b"Accept-Encoding"
    assert b"immutable" in headers[b"cache-control"]
    assert headers[b"content-type"].startswith(b"text/javascript")
    assert gzip.decompress(body["body"]) == (compressed.FOLDER / SCRIPT).read_bytes()


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        (f"/static/{SCRIPT}", "GET", {}),
        (f"/static/{SCRIPT}", "HEAD", {"accept_encoding": "gzip"}),
        (f"/static/{SCRIPT}", "GET", {"accept_encoding": "gzip", "range": "bytes=0-9"}),
        (f"/media/{SCRIPT}", "GET", {"accept_encoding": "gzip"}),
        ("/static/../index.html", "GET", {"accept_encoding": "gzip"}),
        ("/static/js/none.js", "GET", {"accept_encoding": "gzip"}),
    ],
)
def test_all_else_is_left_to_streamlit(path, method, headers):
    assert [message.get("status") for message in asked(path, method, **headers)] == [204]
