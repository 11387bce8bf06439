"""A server that people sign in to: what anonymous visitors, each role and others' sessions get of every route."""

import hashlib
import json
import re
import threading
from contextlib import suppress
from unittest.mock import MagicMock
from urllib.parse import quote, urlencode

import pandas as pd
import pytest
from conftest import ROOT
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from team import PEOPLE, invited, login, password, team_server
from visitors import FORM, PAGE, Session, Visitor, upload_path
from websockets.exceptions import ConnectionClosed, InvalidStatus

from web import health
from web.login import routes
from workspace.access import users
from workspace.access.actor import Actor
from workspace.store import audit
from workspace.store.database import open_workspace

OPEN = {"/health", "/login", "/login/oidc", "/login/oidc/callback"}
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
SPELLINGS = (
    *("//login", "/login/", "/login/x", "//health", "/%2e/health", "/LOGIN", "/map", "/no-such-page", "/favicon.png"),
    *("//media/" + "a" * 56, "/%6dedia/" + "a" * 56, "/media/../health", "/_stcore/../login", "/%2flogin", "/logout"),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("team")
    return invited(folder / "workspace").parent


@pytest.fixture(scope="module")
def address(place):
    with team_server(place, NPS_LENS_LOGIN="password") as served:
        yield served


@pytest.fixture
def space(place):
    with open_workspace(place / "workspace") as opened:
        yield opened


def visits(address: str, name: str) -> Visitor:
    return Visitor(address).signs_in(login(name), password(name))


def all_paths(monkeypatch) -> set[str]:
    """A path for each route that the app has: Streamlit's, taken from Streamlit, and ours."""
    monkeypatch.setenv("NPS_LENS_LOGIN", "password")
    found = [*create_streamlit_routes(MagicMock()), health.ROUTE, *routes()]
    paths = {re.sub(r"\{[^}]*\}", "a" * 56, getattr(route, "path", "") or "/") for route in found}
    assert len(paths) > 15
    return paths


def test_anonymous_visitors_get_the_page_to_sign_in_and_nothing_else(address, monkeypatch):
    nobody = Visitor(address)
    for path in (all_paths(monkeypatch) - OPEN) | {*SPELLINGS}:
        for method in METHODS:
            status, headers, body = nobody.ask(method, path)
            assert status in (401, 404, 405), (method, path, status)
            assert b"Streamlit" not in body
            assert "nps_session" not in str(headers.get_all("set-cookie"))
        status, headers, _ = nobody.ask("GET", path, **PAGE)
        assert status in (401, 404) or (status, headers["location"][:12]) == (303, "/login?next="), (path, status)
    with pytest.raises(InvalidStatus) as refused:
        nobody.session()
    assert refused.value.response.status_code == 401


def test_who_signs_in_comes_to_where_they_were_going(address):
    anna = Visitor(address)
    status, headers, _ = anna.ask("GET", "/map?activity=90-100&score=7-8", **PAGE)
    to = headers["location"]
    assert (status, to) == (303, "/login?next=%2Fmap%3Factivity%3D90-100%26score%3D7-8")
    assert 'action="?next=%2Fmap%3Factivity%3D90-100%26score%3D7-8"' in anna.ask("GET", to, **PAGE)[2].decode()
    status, to, _ = anna.sends(to, login=" Anna@Example.com", password=password("anna"))
    assert (status, to) == (303, "/map?activity=90-100&score=7-8")
    assert anna.get(to, **PAGE) == 200


@pytest.mark.parametrize(
    "wanted",
    [
        *("//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "javascript:alert(1)"),
        *("//[", "http://[", "/\u2028/evil.example", "/\\[", "//evil.example:x/"),
        *("", "evil.example", "/\r\nSet-Cookie: a=b", "\\\\evil.example", "/%0d%0a\n"),
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(address, wanted):
    said = {"login": login("adam"), "password": password("adam")}
    assert Visitor(address).sends(f"/login?next={quote(wanted, safe='')}", **said)[:2] == (303, "/")


def test_the_cookie_is_no_scripts_and_no_other_sites_and_lasts_half_a_day(address):
    fields = f"login={login('anna')}&password={password('anna').replace(' ', '+')}".encode()
    _, headers, _ = Visitor(address).ask("POST", "/login", fields, **FORM)
    [kept] = [pair for pair in headers.get_all("set-cookie") if pair.startswith("nps_session=")]
    assert re.fullmatch(r"nps_session=[\w-]{43}; HttpOnly; Max-Age=43200; Path=/; SameSite=lax", kept)
    secure = Visitor(address).ask("POST", "/login", fields, **FORM, **{"X-Forwarded-Proto": "https"})[1]
    assert any("; Secure" in pair for pair in secure.get_all("set-cookie") if pair.startswith("nps_session="))


def test_a_wrong_password_says_the_same_as_an_unknown_login_and_no_cookie_of_ours_is_a_session(address):
    answers = [Visitor(address).sends("/login", login=name, password="no") for name in ("<b>x", login("anna"))]
    assert [status for status, _, _ in answers] == [401, 401]
    told = [re.search('role="alert">(.*?)<', body)[1] for _, _, body in answers]
    assert len({*told}) == 1
    assert "<b>x" not in answers[0][2]
    forged = Visitor(address)
    forged.cookies.load(f"nps_session={'x' * 43}")
    assert forged.get("/_stcore/health") == 401


def test_a_form_that_is_too_long_is_not_read(address):
    assert Visitor(address).sends("/login", login="x" * 100_000, password="x")[0] == 413


def test_after_ten_tries_a_login_or_an_address_has_to_wait_and_others_do_not(address):
    def tries(login: str, elsewhere: int) -> int:
        form = urlencode({"login": login, "password": "no"}).encode()
        return Visitor(address).ask("POST", "/login", form, **FORM, **{"X-Forwarded-For": f"203.0.113.{elsewhere}"})[0]

    assert [tries("eve@example.com", n) for n in range(11)] == [401] * 10 + [429]
    assert [tries(f"{n}@example.com", 99) for n in range(11)] == [401] * 10 + [429]
    assert tries("mallory@example.com", 98) == 401


def test_each_role_gets_the_pages_that_are_theirs(address):
    whole = ["Overview", "Map", "Segments", "Features", "Reasons", "People", "Person", "Accounts", "Follow-up", "Data"]
    pages = {name: [*visits(address, name).session().pages] for name in PEOPLE}
    assert pages == {
        "vera": ["Overview", "Segments", "Features"],
        "anna": whole,
        "ivan": whole,
        "adam": [*whole, "Team"],
    }


def test_who_asks_for_a_page_of_others_gets_the_overview(address):
    pages = visits(address, "adam").session().pages
    theirs = visits(address, "vera").session()
    overview = theirs.shown
    for page in ("Data", "Team", "People", "Map"):
        theirs.pages[page] = pages[page]
        assert theirs.runs(page).shown == overview


def test_figures_of_the_server_are_for_administrators_and_doors_for_programs_for_nobody(address):
    seen = {name: visits(address, name).get("/_stcore/metrics") for name in PEOPLE}
    assert seen == {"vera": 404, "anna": 404, "ivan": 404, "adam": 200}
    adam = visits(address, "adam")
    closed = ("/_stcore/agent/openapi.json", "/auth/login?provider=x", "/auth/logout", "/oauth2callback")
    assert {adam.get(path) for path in closed} == {404}


def test_a_download_is_for_who_asked_for_it_until_they_sign_out(address):
    anna, others = visits(address, "anna"), {name: visits(address, name) for name in ("ivan", "adam", "vera")}
    found = anna.session().runs("Map").download("contacts")
    assert {name: other.get(found) for name, other in others.items()} == {"ivan": 403, "adam": 403, "vera": 403}
    assert Visitor(address).get(found) == 401
    for spelled in (f"/{found}", found.replace("/media", "/%6dedia"), found.replace("/media", "/./media")):
        assert b"@" not in others["ivan"].ask("GET", spelled, Range="bytes=0-100")[2]
    assert (anna.get(found), visits(address, "anna").get(found)) == (200, 403), "another session of hers is another"
    assert anna.sends("/logout")[:2] == (303, "/login")
    assert anna.get(found) == 401


def test_uploads_are_for_own_sessions_and_not_for_viewers(address):
    anna, ivan, vera = (visits(address, name) for name in ("anna", "ivan", "vera"))
    mine, second, theirs = anna.session().id, anna.session().id, vera.session().id
    assert [anna.upload(mine), anna.upload(second)] == [204, 204]
    assert [ivan.upload(mine), vera.upload(theirs), Visitor(address).upload(mine)] == [403, 403, 401]
    assert vera.ask("DELETE", upload_path(theirs), **vera.sending())[0] == 403


def test_twenty_uploads_of_twenty_megabytes_by_nobody_are_refused(address, place):
    big = b"a,b\n" * 5_000_000
    nobody = Visitor(address)
    for _ in range(20):
        with suppress(ConnectionError):  # refused before all of it was sent
            assert nobody.upload("a-session", big) == 401
    assert not [*place.rglob("upload-*")]


def test_a_session_comes_back_to_the_same_login_only(address):
    anna, ivan = visits(address, "anna"), visits(address, "ivan")
    session = anna.session()
    session.closes()
    assert ivan.session(back_to=session.id).id != session.id
    assert anna.session(back_to=session.id).id == session.id


def wait_a_second(session: Session) -> Session:
    """A session is asked again at most once a second."""
    threading.Event().wait(1.1)
    return session


def test_signing_out_empties_the_other_tabs_at_once(address):
    anna = visits(address, "anna")
    others = [anna.session().runs("Map"), anna.session().runs("People")]
    anna.sends("/logout")
    for other in others:
        assert other.hears() == ["You are signed out."]


def test_who_is_deactivated_on_the_team_page_sees_so_at_once(address, space):
    ivans = visits(address, "ivan").session().runs("Map")
    users.end_sessions(Actor.SYSTEM, space, login("ivan"))
    visits(address, "anna").session().opens("Account").runs(pressed="Sign out")
    assert ivans.hears() == ["You are signed out."]


def ends(session: Session) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        wait_a_second(session).runs("Map")
    return closed.value.rcvd.code


def test_who_signed_out_elsewhere_is_told_once_at_the_next_click_and_then_the_socket_ends(address, space):
    anna = visits(address, "anna")
    session = anna.session().runs("Map")
    file = session.deferred
    assert session.shown
    users.end_sessions(Actor.SYSTEM, space, login("anna"))  # as another process does it
    wait_a_second(session).runs("Map")
    elements = [told.delta.new_element for told in session.heard]
    assert [each.heading.body for each in elements if each.HasField("heading")] == ["You are signed out."]
    assert session.shown == []
    assert file == session.deferred, "nothing is offered any more"
    assert ends(session) == 4401
    with pytest.raises(InvalidStatus):
        anna.session()


@pytest.mark.parametrize("change", [users.deactivate, users.end_sessions], ids=lambda change: change.__name__)
def test_who_is_deactivated_or_signed_out_by_an_administrator_is_out_everywhere(address, space, change):
    ivan = visits(address, "ivan")
    session = ivan.session()
    change(Actor.SYSTEM, space, login("ivan"))
    assert ivan.get("/_stcore/health") == 401
    assert wait_a_second(session).runs("Map").shown == []
    assert ends(session) == 4401
    users.activate(Actor.SYSTEM, space, login("ivan"))


def test_a_download_that_was_offered_before_is_not_made_after_signing_out(address, space):
    anna = visits(address, "anna")
    session = anna.session().runs("Map")
    before = audit.rows(Actor.SYSTEM, space, 1)["n"].iloc[0]
    users.end_sessions(Actor.SYSTEM, space, login("anna"))
    assert session.download("contacts") == ""
    assert "download" not in set(audit.rows(Actor.SYSTEM, space)[lambda rows: rows["n"] > before]["did"])


def test_signing_out_in_the_menu_shows_nothing_but_that(address):
    session = visits(address, "anna").session().opens("Account").runs(pressed="Sign out")
    assert session.shown == []


def test_another_site_cannot_sign_anybody_in_or_out(address):
    anna = visits(address, "anna")
    elsewhere = {"Origin": "http://elsewhere.example"}
    assert anna.ask("POST", "/logout", b"", **elsewhere)[0] == 403
    assert Visitor(address).ask("POST", "/login", b"", **elsewhere)[0] == 403
    assert anna.get("/logout", **PAGE) == 303, "a link or a picture signs nobody out"
    assert anna.get("/_stcore/health") == 200


def test_a_new_password_of_ones_own_needs_the_present_one_and_ends_every_session(address, space):
    users.add(Actor.SYSTEM, space, "nina@example.com", PEOPLE["vera"], "the first password")
    nina = Visitor(address).signs_in("nina@example.com", "the first password")
    assert nina.get("/password", **PAGE) == 200
    assert nina.sends("/password", password="wrong", new="the second password")[0] == 400
    assert nina.sends("/password", password="the first password", new="short")[0] == 400
    assert nina.sends("/password", password="the first password", new="the second password")[:2] == (303, "/login")
    assert nina.get("/_stcore/health") == 401
    assert Visitor(address).signs_in("nina@example.com", "the second password").get("/_stcore/health") == 200


def test_each_download_has_its_row_with_what_left_by_whom(address, space):
    anna = visits(address, "anna")
    session = anna.session().runs("Map", query="")
    content = anna.ask("GET", session.download("contacts"))[2]
    row = audit.rows(Actor.SYSTEM, space).query("did == 'download'").iloc[0]
    about = json.loads(row["about"])
    assert users.names(Actor.SYSTEM, space)[row["actor"]] == login("anna")
    assert about["sha256"] == hashlib.sha256(content).hexdigest()
    assert (about["file"], about["data"], about["query"]) == ("contacts.csv", "sample", {})
    assert about["rows"] == len(content.splitlines()) - 1
    assert "@" not in row["about"]


def test_nothing_that_a_viewer_is_sent_names_a_person_or_quotes_one(address):
    people = pd.read_csv(ROOT / "sample_data/people.csv")
    said = pd.read_csv(ROOT / "sample_data/responses.csv")["comment"].dropna()
    words = [*people["name"].dropna(), *people["email"].dropna(), *said[said.str.len() > 20]]
    told = {name: _sent(visits(address, name).session()) for name in ("vera", "anna")}
    assert len([word for word in words if word.encode() in told["anna"]]) > 100
    assert [word for word in words if word.encode() in told["vera"]] == []


def _sent(session: Session) -> bytes:
    """All that is sent for every page, a feature opened."""
    frames = []
    for page in session.pages:
        session.runs(page, query="feature=Templates" if page == "Features" else "")
        frames += [told.SerializeToString() for told in session.heard]
    return b"".join(frames)
