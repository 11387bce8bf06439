"""Signing in with an account of the company, at a real provider."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from conftest import free_port, status, wait_until
from team import invited, login, team_server
from visitors import FORM, PAGE, Visitor

ACCOUNTS = {  # of a company: account -> its e-mail address, and whether that was verified
    "anna": (login("anna"), True),
    "eve": ("eve@example.com", True),
    "unverified": (login("adam"), False),
    "second": (login("anna"), True),
    "ivan": (login("ivan"), True),
}


@contextmanager
def provider(log: Path) -> Iterator[str]:
    """The address of a provider with these accounts, in a process of its own."""
    address = f"http://localhost:{free_port()}"
    command = [Path(sys.executable).with_name("oidc-provider-mock"), "--port", address.rpartition(":")[2]]
    for account, (email, verified) in ACCOUNTS.items():
        command += ["--user-claims", json.dumps({"sub": account, "email": email, "email_verified": verified})]
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as process:
        try:
            known = f"{address}/.well-known/openid-configuration"
            wait_until(lambda: process.poll() is not None or status(known) == 200, "the provider answers")
            yield address
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("oidc")
    invited(folder / "workspace", with_passwords=False)
    with provider(folder / "provider") as issuer:
        named = {"ISSUER": issuer, "CLIENT": "nps", "SECRET": "s3cret"}
        known = {f"NPS_LENS_OIDC_{name}": value for name, value in named.items()}
        with team_server(folder, NPS_LENS_LOGIN="oidc", **known) as served:
            yield served


def away(visitor: Visitor, wanted: str = "") -> str:
    """Where the provider asks who somebody is."""
    status, headers, _ = visitor.ask("GET", f"/login/oidc{wanted}")
    assert status == 302
    return headers["location"]


def back(at: str, account: str) -> str:
    """Say who one is at the provider; the path on our server that it sends to."""
    parts = urlsplit(at)
    provider = Visitor(f"{parts.scheme}://{parts.netloc}")
    _, headers, _ = provider.ask("POST", f"{parts.path}?{parts.query}", urlencode({"sub": account}).encode(), **FORM)
    found = urlsplit(headers["location"])
    return f"{found.path}?{found.query}"


def test_the_page_sends_to_the_provider_with_a_challenge_and_knows_no_password(address):
    visitor = Visitor(address)
    headers = visitor.ask("GET", "/map?score=7-8", **PAGE)[1]
    page = visitor.ask("GET", headers["location"], **PAGE)[2].decode()
    assert 'href="/login/oidc?next=%2Fmap%3Fscore%3D7-8"' in page
    assert "password" not in page.partition("</style>")[2]
    asked = parse_qs(urlsplit(away(visitor)).query)
    assert (asked["code_challenge_method"], asked["response_type"], asked["client_id"]) == (["S256"], ["code"], ["nps"])
    assert {"state", "nonce", "code_challenge"} <= {*asked}
    assert visitor.ask("POST", "/login")[0] == 405


def test_who_was_invited_comes_in_and_to_where_they_were_going(address):
    anna = Visitor(address)
    status, headers, _ = anna.ask("GET", back(away(anna, "?next=%2Fmap%3Fscore%3D7-8"), "anna"))
    assert (status, headers["location"]) == (303, "/map?score=7-8")
    assert anna.get("/_stcore/health") == 200
    assert "People" in anna.session().pages


@pytest.mark.parametrize(("account", "why"), [("eve", "not invited"), ("unverified", "an address nobody verified")])
def test_whom_nobody_invited_stays_out(address, account, why):
    stranger = Visitor(address)
    status, _, body = stranger.ask("GET", back(away(stranger), account))
    assert status == 403, why
    assert "Nobody has invited this account" in body.decode()
    assert stranger.get("/_stcore/health") == 401


def test_an_address_binds_to_the_first_account_that_has_it(address):
    first, second = Visitor(address), Visitor(address)
    assert first.ask("GET", back(away(first), "ivan"))[0] == 303
    assert first.ask("GET", back(away(first), "ivan"))[0] == 303
    assert second.ask("GET", back(away(second), "anna"))[0] == 303
    assert second.ask("GET", back(away(second), "second"))[0] == 403


def test_a_code_is_of_the_browser_that_asked_for_it_and_of_one_use(address):
    anna, thief = Visitor(address), Visitor(address)
    code = back(away(anna), "anna")
    assert thief.get(code) == 401
    assert thief.get("/_stcore/health") == 401
    assert anna.get(code) == 303
    assert anna.get(code) == 401
    forged = re.sub(r"state=[^&]*", "state=forged", back(away(thief), "anna"))
    assert thief.get(forged) == 401
    assert thief.get("/login/oidc/callback") == 401
    assert thief.get("/login/oidc/callback?error=access_denied&state=x") == 401


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_sent_elsewhere_after_signing_in(address, wanted):
    anna = Visitor(address)
    there = back(away(anna, f"?{urlencode({'next': wanted})}"), "anna")
    assert anna.ask("GET", there)[1]["location"] == "/"
