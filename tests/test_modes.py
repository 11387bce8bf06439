"""The settings by which people sign in: which do not start, and who is whom in each of them."""

import re
from unittest.mock import MagicMock

import pytest
from conftest import finished
from starlette.datastructures import Headers
from streamlit import config
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from team import PEOPLE, invited, login

from web import health, identity, settings
from web.guard import Guard
from web.login import routes as login_routes
from web.owners import COOKIE
from web.tries import Tries
from workspace.access import sessions, users, ways
from workspace.access.actor import Actor, Role
from workspace.store.database import open_workspace

SECRET = "0123456789abcdef0123456789abcdef"
PROXY = {"NPS_LENS_LOGIN": "proxy", "NPS_LENS_PROXY_SECRET": SECRET}
OIDC = {
    "NPS_LENS_LOGIN": "oidc",
    "NPS_LENS_OIDC_ISSUER": "https://id.example.com",
    "NPS_LENS_OIDC_CLIENT": "nps",
    "NPS_LENS_OIDC_SECRET": "s3cret",
}
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
FITS = ({}, {"NPS_LENS_LOGIN": ""}, {"NPS_LENS_LOGIN": "password"}, PROXY, OIDC)
FITS_NOT = {
    "a word that is none": ({"NPS_LENS_LOGIN": "ldap"}, "NPS_LENS_LOGIN is ldap"),
    "a proxy without a secret": ({"NPS_LENS_LOGIN": "proxy"}, "needs NPS_LENS_PROXY_SECRET"),
    "a secret that can be guessed": (PROXY | {"NPS_LENS_PROXY_SECRET": "short"}, "32 characters or more"),
    "no provider": ({"NPS_LENS_LOGIN": "oidc"}, "needs NPS_LENS_OIDC_ISSUER"),
    "no client": (OIDC | {"NPS_LENS_OIDC_CLIENT": ""}, "needs NPS_LENS_OIDC_CLIENT"),
    "a provider in the open": (OIDC | {"NPS_LENS_OIDC_ISSUER": "http://id.example.com"}, "with https"),
}


@pytest.fixture
def set_to(monkeypatch, tmp_path):
    """Sets what the environment says, and nothing else of it."""
    for name in {*PROXY, *OIDC, "NPS_LENS_PROXY_HEADER"}:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NPS_LENS_WORKSPACE", str(tmp_path / "workspace"))

    def put(values: dict[str, str]) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return put


@pytest.fixture
def serves(monkeypatch):
    """Sets where the server listens, and to which names it answers."""

    def put(address: str | None, *names: str) -> None:
        chosen = {"server.address": address, "server.allowedHosts": [*names], "server.baseUrlPath": ""}
        monkeypatch.setattr(config, "get_option", chosen.__getitem__)

    return put


@pytest.mark.parametrize("values", FITS, ids=str)
def test_settings_that_fit_together_start(set_to, serves, values):
    serves("localhost", "localhost", "127.0.0.1")
    set_to(values)
    settings.check()


@pytest.mark.parametrize(("values", "told"), FITS_NOT.values(), ids=FITS_NOT)
def test_settings_that_do_not_fit_refuse_to_start_in_words(set_to, serves, values, told):
    serves("localhost", "localhost")
    set_to(values)
    with pytest.raises(SystemExit, match=told):
        settings.start()


@pytest.mark.parametrize(
    ("address", "names"),
    [
        *(("0.0.0.0", ["localhost"]), ("", ["localhost"]), (None, ["localhost"]), ("::", ["localhost"])),
        *(("localhost", ["nps.example.com"]), ("localhost", []), ("localhost", ["localhost", "*"])),
        *(("192.0.2.7", ["localhost"]), ("localhost", ["localhost.example.com"]), ("nps.example.com", ["localhost"])),
    ],
)
def test_without_signing_in_nobody_may_come_from_outside(set_to, serves, address, names):
    serves(address, *names)
    with pytest.raises(SystemExit, match="Somebody could come from outside"):
        settings.start()
    set_to({"NPS_LENS_LOGIN": "password"})
    settings.check()


@pytest.mark.parametrize("address", ["localhost", "127.0.0.1", "::1", "127.8.8.8", "LOCALHOST"])
def test_one_person_at_this_machine_needs_no_setting_and_no_login(set_to, serves, address):
    serves(address, "localhost", "127.0.0.1", "[::1]")
    settings.start()
    assert identity.of_request(Headers({})) is None
    browser = identity.of_request(Headers({"cookie": f"nps_session={'a' * 43}"}))
    assert browser.actor.role is Role.ADMIN


@pytest.mark.parametrize(
    ("server", "status"),
    [
        *((("127.0.0.1", 8501), 401), (("::1", 8501), 401), (("::ffff:127.0.0.1", 8501), 401), (None, 401)),
        *((("192.0.2.7", 8501), 403), (("::ffff:192.0.2.7", 8501), 403), (("/run/lens.sock", None), 403)),
    ],
    ids=str,
)
def test_without_signing_in_nothing_is_served_at_an_address_of_others(set_to, server, status):
    assert asked({}, server=server)[0] == status
    set_to({"NPS_LENS_LOGIN": "password"})
    assert asked({}, server=server)[0] == 401


def asked(
    headers: dict[str, str], path: str = "/_stcore/health", also=(), method: str = "GET", server=None
) -> tuple[int, str]:
    """Status and body that a guard answers; 200 where it lets the request through."""
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "scheme": "http", "root_path": ""}
    sent = [*({"host": "localhost"} | headers).items(), *also]
    scope["headers"] = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in sent]
    scope["server"] = server
    heard = []

    async def app(scope, receive, send):
        heard.append({"status": 200})

    async def send(message):
        heard.append(message)

    finished(Guard(app)(scope, None, send))
    return heard[0]["status"], heard[-1].get("body", b"").decode()


@pytest.fixture
def behind_a_proxy(set_to, tmp_path):
    set_to(PROXY)
    invited(tmp_path / "workspace", with_passwords=False)
    return {"X-Forwarded-Email": login("anna"), "X-Proxy-Secret": SECRET}


def test_a_proxy_that_proves_itself_says_who_is_there(behind_a_proxy):
    assert asked(behind_a_proxy)[0] == 200
    assert asked(behind_a_proxy | {"X-Forwarded-Email": " ANNA@example.com"})[0] == 200
    refused = (
        *({}, {"X-Forwarded-Email": login("anna")}, {"X-Proxy-Secret": SECRET}),
        *(behind_a_proxy | {"X-Proxy-Secret": wrong} for wrong in ("", SECRET[:-1], SECRET + "0", "\xe9" * 32)),
        *(behind_a_proxy | {"X-Forwarded-Email": name} for name in ("", "eve@example.com", f"{login('anna')},x")),
        {"X_Forwarded_Email": login("anna"), "X-Proxy-Secret": SECRET},
    )
    assert {asked(headers)[0] for headers in refused} == {401}
    assert asked({}, "/login")[0] == 401, "there is no other way in"
    assert asked({"accept": "text/html"}, "/")[1].startswith("Nobody is signed in here.")


def test_a_header_that_comes_twice_is_not_the_proxys(behind_a_proxy):
    twice = asked(behind_a_proxy, also=[("x-forwarded-email", login("adam"))])
    assert twice[0] == 401


def test_role_and_whether_somebody_is_active_count_at_every_request(behind_a_proxy, tmp_path):
    metrics = behind_a_proxy | {"X-Forwarded-Email": login("ivan")}
    with open_workspace(tmp_path / "workspace") as space:
        assert asked(metrics, "/_stcore/metrics")[0] == 404
        users.change_role(Actor.SYSTEM, space, login("ivan"), Role.ADMIN)
        assert asked(metrics, "/_stcore/metrics")[0] == 200
        users.deactivate(Actor.SYSTEM, space, login("ivan"))
        assert asked(metrics, "/_stcore/metrics")[0] == 404
        assert asked(metrics)[0] == 401


def paths() -> set[str]:
    """A path for each route of the running app: Streamlit's, as Streamlit has them, and ours."""
    found = [*create_streamlit_routes(MagicMock()), health.ROUTE, *login_routes()]
    return {re.sub(r"\{[^}]*\}", "a" * 56, getattr(route, "path", "") or "/no-such-page") for route in found}


def wanted(path: str, mode: str, role: Role | None) -> int:
    """The table of who gets what: 200 where the app is asked."""
    if path == "/health" or (path.startswith("/login") and mode in ("password", "oidc")):
        return 200
    if path.startswith(("/_stcore/agent", "/auth/", "/oauth2callback")):
        return 404
    if path == "/_stcore/metrics":
        return 200 if role is Role.ADMIN and mode != "none" else 404
    if role is None:
        return 401
    return 403 if path.startswith(("/media/", "/_stcore/upload_file/")) else 200


@pytest.mark.parametrize("mode", ["none", "password", "oidc", "proxy"])
def test_every_route_of_the_app_is_theirs_who_the_table_says(set_to, tmp_path, mode):
    set_to({"NPS_LENS_LOGIN": mode} | ({} if mode != "proxy" else PROXY) | (OIDC if mode == "oidc" else {}))
    invited(tmp_path / "workspace", with_passwords=False)
    sent: dict[Role | None, dict[str, str]] = {None: {}}
    with open_workspace(tmp_path / "workspace") as space:
        for name, role in PEOPLE.items():
            token = sessions.begin(Actor.SYSTEM, space, ways.by_name(Actor.SYSTEM, space, login(name)), mode)
            known = {"X-Forwarded-Email": login(name), "X-Proxy-Secret": SECRET}
            sent[role] = known if mode == "proxy" else {"cookie": f"{COOKIE}={token}"}
    found = paths()
    assert len(found) > 15
    for role, headers in sent.items():
        as_whom = Role.ADMIN if mode == "none" and role else role
        told = {path: {asked(headers, path, method=each)[0] for each in METHODS} for path in found}
        assert told == {path: {wanted(path, mode, as_whom)} for path in found}, role
    forged = ({"cookie": f"{COOKIE}={'x' * 43}"}, {"X-Forwarded-Email": login("adam")}, {"cookie": "nps_session=adam"})
    for headers in forged if mode != "none" else forged[1:]:
        assert asked(headers, "/_stcore/host-config")[0] == 401


def test_the_header_can_have_another_name(behind_a_proxy, set_to):
    set_to({"NPS_LENS_PROXY_HEADER": "Remote-User"})
    assert asked(behind_a_proxy)[0] == 401
    assert asked({"Remote-User": login("anna"), "X-Proxy-Secret": SECRET})[0] == 200


def test_tries_are_counted_for_five_minutes_before_they_are_judged():
    now = [0.0]
    tries = Tries(lambda: now[0])
    assert [tries.one_more("login anna", "address a") for _ in range(11)] == [True] * 10 + [False]
    assert not tries.one_more("login vera", "address a")
    assert tries.one_more("login vera", "address b")
    now[0] = 300.0
    assert tries.one_more("login anna", "address a")
    for _ in range(20):
        assert tries.one_more("login anna")
        tries.forgive("login anna")
