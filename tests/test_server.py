"""The server around the pages: headers, health, who is let in, and errors that tell no secrets."""

import http.client
import json
import re
import shutil
import socket
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit

import pytest
import streamlit as st
from conftest import ROOT, open_page, serve
from playwright.sync_api import expect

SECRET = "jane.doe@customer.example"
CHAINED = f"""
import streamlit as st

def check(email):
    raise ValueError(f"no account for {{email}}")

st.title("Before")
if st.button("Break"):
    try:
        check("{SECRET}")
    except ValueError as error:
        raise RuntimeError("while reading {SECRET}") from error
"""


def get(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of a GET that is sent exactly as written."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


def test_a_warm_server_is_healthy_and_says_nothing_else(server):
    status, headers, body = get(server, "/health")
    assert (status, json.loads(body)) == (200, {"status": "ok"})
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path", ["/", "/map", "/health", "/no-such-page", "/favicon.png", "/media/none.csv", "/_stcore/health"]
)
def test_every_answer_carries_the_security_headers(server, path):
    _, headers, _ = get(server, path)
    policy = directives(headers["content-security-policy"])
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["object-src"] == ["'none'"]
    assert not re.search(r"https?:|\*|unsafe-eval", headers["content-security-policy"])
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_the_only_inline_scripts_that_run_are_those_of_the_page_itself(server):
    _, headers, body = get(server, "/")
    inline = re.findall(r"<script>(.*?)</script>", body, re.DOTALL)
    hashes = {f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" for code in inline}
    assert hashes
    assert set(directives(headers["content-security-policy"])["script-src"]) == {"'self'", *hashes}


def test_downloads_are_not_kept_by_caches(server):
    assert get(server, "/media/none.csv")[1]["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/../app.py", "/..%2fapp.py", "/static/../../../../app.py", "//etc/passwd", "/media/..%2f..%2fapp.py", "/app.py"],
)
def test_no_path_leads_to_the_files_of_the_project(server, path):
    _, _, body = get(server, path)
    assert "st.App(" not in body
    assert "root:" not in body


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        (None, None, 101),
        (None, "http://elsewhere.example", 403),
        ("elsewhere.example", "http://elsewhere.example", 403),
    ],
    ids=["own page", "another site", "a site whose name points here"],
)
def test_a_session_opens_only_for_the_own_page(server, host, origin, status):
    own = urlsplit(server)
    asked = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host or own.netloc}",
        f"Origin: {origin or server}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: streamlit",
    ]
    with socket.create_connection((own.hostname, own.port), timeout=20) as connection:
        connection.sendall("\r\n".join([*asked, "", ""]).encode())
        assert int(connection.recv(64).split()[1]) == status


def test_no_rerun_pays_for_a_full_garbage_collection():
    assert st.get_option("runner.postScriptGC") is False


@pytest.mark.browser
def test_the_browser_asks_nothing_of_another_origin(browser, server, listener):
    address, asked = listener
    context = browser.new_context(base_url=server)
    page = context.new_page()
    page.goto("/health")
    blocked = page.evaluate(
        """async address => {
            const blocked = []
            document.addEventListener("securitypolicyviolation", event => blocked.push(event.effectiveDirective))
            document.body.append(Object.assign(new Image(), {src: address + "/image"}))
            document.body.append(Object.assign(document.createElement("script"), {src: address + "/script"}))
            document.body.append(Object.assign(document.createElement("iframe"), {src: address + "/frame"}))
            document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='window.ran = true'>")
            await fetch(address + "/fetch").catch(() => 0)
            const end = performance.now() + 5000
            while (blocked.length < 5 && performance.now() < end) await new Promise(requestAnimationFrame)
            return [window.ran ?? false, ...blocked.sort()]
        }""",
        address,
    )
    context.close()
    assert blocked == [False, "connect-src", "frame-src", "img-src", "script-src-attr", "script-src-elem"]
    assert asked == []


@pytest.mark.browser
def test_an_error_shows_a_reference_and_tells_no_secret(browser, tmp_path):
    shutil.copy(ROOT / "app.py", tmp_path)
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    (tmp_path / "pages").mkdir()
    shutil.copy(ROOT / "pages/_arrivals.py", tmp_path / "pages")
    (tmp_path / "pages/dashboard.py").write_text(CHAINED)
    (tmp_path / "pages/_shared.py").write_text(f"def warm_up():\n    raise KeyError('{SECRET}')\n")
    frames = []
    with serve(tmp_path, tmp_path / "log") as address, open_page(browser, address) as page:
        page.on("websocket", lambda session: session.on("framereceived", lambda frame: frames.append(bytes(frame))))
        page.goto("/")
        page.get_by_role("button", name="Break").click()
        expect(page.get_by_text("Something went wrong")).to_be_visible()
        shown = page.get_by_test_id("stAlert").inner_text()
        assert get(address, "/health")[::2] == (503, '{"status":"starting"}')
    reference = re.search(r"the reference ([0-9A-F]{4}-[0-9A-F]{4})", shown)[1]
    log = (tmp_path / "log").read_text()
    assert re.search(rf"Reference {reference}: builtins.RuntimeError\n.*dashboard.py:\d+:", log, re.DOTALL)
    assert "builtins.ValueError" in log
    assert "_shared.py:2:warm_up" in log
    assert SECRET not in log
    assert len(frames) > 2
    assert not any(SECRET.encode() in frame for frame in frames)
