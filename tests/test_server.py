"""The server around the pages: headers, health, who is let in, and errors that tell no secrets."""

import json
import re
import shutil
from base64 import b64encode
from hashlib import sha256

import pytest
import streamlit as st
from conftest import ROOT, open_page, serve
from playwright.sync_api import expect
from visitors import PAGE, Visitor, upload_path
from websockets.exceptions import InvalidStatus

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
    """Status, headers and body of a GET that asks for a page and is sent exactly as written."""
    status, answered, body = Visitor(address).ask("GET", path, **PAGE | headers)
    return status, {name.lower(): value for name, value in answered.items()}, body.decode(errors="replace")


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


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/%00",
            "/%ff%fe",
            "/%2e%2e/%2e%2e",
            "/" + "x" * 5_000,
            "/map?" + "9" * 5_000,
            "/map?window=%C2%B2",
            "/%",
            "/?%=%",
        ),
        *(
            "/media/%00",
            "/media/%ff",
            "/media/" + "x" * 5_000,
            "/static/%00",
            "/static/" + "x" * 5_000,
            "/component/%00/x",
        ),
    ],
    ids=lambda path: path[:20],
)
def test_no_address_is_an_error_of_the_server(server, path):
    own = Visitor(server).opens()
    assert max(own.get(path), own.get(path, **PAGE), own.get(path, Range="bytes=9-1")) < 500


def test_downloads_are_not_kept_by_caches(server):
    assert get(server, "/media/none.csv")[1]["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/../app.py", "/..%2fapp.py", "/static/../../../../app.py", "//etc/passwd", "/media/..%2f..%2fapp.py", "/app.py"],
)
def test_no_path_leads_to_the_files_of_the_project(server, path):
    _, _, body = get(server, path)
    assert "st.App(" not in body
    assert "root:x:" not in body


FOREIGN = {
    "another site": ({"Origin": "http://elsewhere.example"}, 403),
    "another port of this machine": ({"Origin": "http://localhost:9999"}, 403),
    "a page without an origin": ({"Origin": "null"}, 403),
    "no origin at all": ({"Origin": "localhost"}, 403),
    "a site whose name points here": ({"Host": "elsewhere.example", "Origin": "http://elsewhere.example"}, 400),
    "a name that begins like ours": ({"Host": "localhost.elsewhere.example"}, 400),
    "a name before ours": ({"Host": "localhost@elsewhere.example"}, 400),
    "a port that is none": ({"Host": "localhost:NaN"}, 400),
    "dots": ({"Host": "a..b"}, 400),
}
ROUTES = ("/", "/health", "/_stcore/health", "/media/none.csv", "/static/none.js", "/favicon.png", upload_path("none"))


@pytest.mark.parametrize(("headers", "status"), FOREIGN.values(), ids=FOREIGN)
def test_nothing_is_told_to_another_site_or_under_another_name(server, headers, status):
    own = Visitor(server).opens()
    assert {path: own.get(path, **PAGE | headers) for path in ROUTES} == dict.fromkeys(ROUTES, status)
    assert own.ask("DELETE", upload_path("none"), **headers)[0] == status
    with pytest.raises(InvalidStatus) as refused:
        own.session(**headers)
    assert refused.value.response.status_code == status


def test_the_own_page_is_told_by_its_origin(server):
    own = Visitor(server).opens()
    assert own.get("/_stcore/health", Origin=server) == 200
    assert own.session(Origin=server).id


def test_a_page_sets_a_cookie_that_no_script_reads_and_no_other_site_sends(server):
    _, headers, _ = Visitor(server).ask("GET", "/map?window=30", **PAGE)
    [kept] = [pair for pair in headers.get_all("set-cookie") if pair.startswith("nps_session=")]
    assert re.fullmatch(r"nps_session=[\w-]{43}; HttpOnly; SameSite=Lax; Path=/", kept)
    assert headers["cache-control"] == "private, no-cache"
    own = Visitor(server).opens()
    for path, wanted in (("/", PAGE), ("/health", {}), ("/static/none.js", {})):
        assert "set-cookie" not in own.ask("GET", path, **wanted)[1]


def test_what_nobody_opened_in_this_browser_is_not_served(server):
    stranger = Visitor(server)
    assert stranger.get("/health") == 200
    closed = ("/_stcore/health", "/_stcore/host-config", "/media/none.csv", upload_path("none"), "/component/x", "/new")
    assert {stranger.get(path) for path in closed} == {401}
    assert {stranger.ask("PUT", path)[0] for path in closed} == {401}


@pytest.mark.parametrize(
    "cookie", ["nps_session=", "nps_session=short", f"nps_session={'x' * 500}", "=;=;", "\x80=\xff"]
)
def test_a_cookie_that_is_none_of_ours_is_as_none(server, cookie):
    assert Visitor(server).get("/_stcore/health", Cookie=cookie) == 401
    assert "nps_session=" in get(server, "/", Cookie=cookie)[1]["set-cookie"]


@pytest.mark.parametrize(
    "path",
    [
        *("/_stcore/metrics", "/_stcore/metrics?families=cache_memory_bytes", "/_stcore/metrics/", "//_stcore/metrics"),
        *(
            "/_stcore/agent/openapi.json",
            "/_stcore/agent/interact",
            "/_stcore/agent/mcp",
            "/auth/login",
            "/oauth2callback",
        ),
    ],
)
def test_figures_of_the_server_and_doors_for_programs_are_not_there(server, path):
    own = Visitor(server).opens()
    assert {own.ask(method, path, **PAGE)[0] for method in ("GET", "HEAD", "POST", "PUT")} == {404}


def test_a_browser_fetches_and_uploads_for_its_own_sessions_in_every_tab(server):
    own = Visitor(server).opens()
    tabs = own.session(), own.session()
    assert {own.upload(tab.id) for tab in tabs} == {204}
    addresses = [tab.runs("Map").download("contacts") for tab in tabs]
    assert len({*addresses}) == 2, "the same list has one address in two sessions"
    assert [own.get(address) for address in addresses] == [200, 200]


def test_nobody_else_fetches_or_uploads_for_a_session(server):
    own, other, stranger = Visitor(server).opens(), Visitor(server).opens(), Visitor(server)
    session = own.session().runs("Map")
    address = session.download("contacts")
    for visitor, status in ((other, 403), (stranger, 401)):
        assert {visitor.ask(method, address)[0] for method in ("GET", "HEAD", "OPTIONS")} == {status}
        assert visitor.upload(session.id) == status
        assert visitor.ask("DELETE", upload_path(session.id), **visitor.sending())[0] == status
    assert own.get(address) == 200


def test_an_address_in_a_customers_words_opens_nothing(server):
    own, other = Visitor(server).opens(), Visitor(server).opens()
    address = own.session().runs("Map").download("contacts")
    theirs = other.session()
    theirs.runs(query=f"person={address}")
    assert other.get(address) == 403


def test_a_session_comes_back_to_its_own_browser_only(server):
    own, other, stranger = Visitor(server).opens(), Visitor(server).opens(), Visitor(server)
    session = own.session()
    session.closes()
    assert other.session(back_to=session.id).id != session.id
    assert stranger.session(back_to=session.id).id != session.id
    assert own.session(back_to=session.id).id == session.id


def test_a_cookie_or_session_of_an_earlier_run_of_the_server_is_welcome(server):
    own = Visitor(server)
    own.cookies.load(f"nps_session={'old' * 14}x")
    session = own.opens().session(back_to="bf5be2b5-5c15-4a2c-8f0f-1d3a3e8b1b1c")
    assert own.upload(session.id) == 204


def test_a_socket_without_a_cookie_sees_pages_and_can_give_and_fetch_nothing(server):
    stranger = Visitor(server)
    session = stranger.session().runs("Map")
    assert stranger.get(session.download("contacts")) == 401
    assert stranger.upload(session.id) == 401


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
    (tmp_path / "pages/session").mkdir(parents=True)
    for part in ("web", "workspace", "nps"):
        (tmp_path / part).symlink_to(ROOT / part)
    (tmp_path / "pages/dashboard.py").write_text(CHAINED)
    (tmp_path / "pages/session/starting.py").write_text(f"def begin():\n    raise KeyError('{SECRET}')\n")
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
    assert "starting.py:2:begin" in log
    assert SECRET not in log
    assert len(frames) > 2
    assert not any(SECRET.encode() in frame for frame in frames)
