"""Several people in real browsers: each with their role, signed in and out in several tabs."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import DESKTOP, PHONE, UsageMap, at_rest, go, see
from conftest import open_page
from playwright.sync_api import Page, expect
from team import invited, login, password, team_server

from workspace.access import users
from workspace.access.actor import Actor, Role
from workspace.store import audit
from workspace.store.database import open_workspace

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("team")
    invited(folder / "workspace")
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with team_server(folder, NPS_LENS_LOGIN="password") as served:
        yield served


def sign_in(page: Page, name: str, secret: str | None = None) -> None:
    page.get_by_label("E-mail address").fill(login(name))
    page.get_by_label("Password").fill(secret or password(name))
    page.get_by_role("button", name="Sign in").click()


def test_a_link_asks_to_sign_in_and_then_opens_what_it_shows_also_after_f5(browser, address):
    with open_page(browser, address, **DESKTOP) as page:
        page.goto("/map?activity=90-100&score=7-8")
        expect(page).to_have_url(re.compile("/login"))
        sign_in(page, "anna")
        see(page, "map")
        expect(page).to_have_url(re.compile("activity=90-100"))
        page.reload()
        see(page, "map")
        expect(page.get_by_text("selected")).not_to_have_count(0)


@pytest.mark.parametrize("how", [DESKTOP, PHONE | {"color_scheme": "dark"}], ids=["desk", "phone, dark"])
def test_the_page_to_sign_in_can_be_used_by_everybody(browser, address, how):
    context = browser.new_context(base_url=address, **how)
    page = context.new_page()
    page.goto("/login")
    expect(page.get_by_label("E-mail address")).to_be_focused()
    sign_in(page, "anna", "not the password")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_by_label("E-mail address").input_value() == login("anna")
    context.close()


def test_signing_out_in_one_tab_leaves_only_the_notice_in_the_other(browser, address):
    with open_page(browser, address, **DESKTOP) as page:
        page.goto("/people")
        sign_in(page, "anna")
        see(page, "people")
        other = page.context.new_page()
        other.goto("/")
        see(other, "")
        other.get_by_role("button", name="Account").first.click()
        other.get_by_role("button", name="Sign out").click()
        expect(other.get_by_text("You are signed out.")).to_be_visible()
        at_rest(other)
        assert _shown(other) == "You are signed out."
        expect(page.get_by_text("You are signed out.")).to_be_visible()
        page.get_by_role("link", name="Features").first.click()
        expect(page.get_by_text("You are signed out.")).to_be_visible()
        at_rest(page)
        assert _shown(page) == "You are signed out."
        page.reload()
        expect(page).to_have_url(re.compile("/login"))


def _shown(page: Page) -> str:
    return page.get_by_test_id("stMain").inner_text().strip()


def test_two_people_with_different_roles_work_at_once(browser, address, folder):
    with open_page(browser, address, **DESKTOP) as admins, open_page(browser, address, **DESKTOP) as viewers:
        for page, name in ((admins, "adam"), (viewers, "vera")):
            page.goto("/")
            sign_in(page, name)
            see(page, "")
        expect(viewers.get_by_role("link", name="People", exact=True)).to_have_count(0)
        expect(viewers.get_by_role("button", name="Contacts")).to_have_count(0)
        go(viewers, "features")
        admins.get_by_role("link", name="Team", exact=True).first.click()
        see(admins, "team")
        admins.get_by_label("E-mail address or login").fill("nina@example.com")
        admins.get_by_role("button", name="Invite").click()
        expect(admins.get_by_text("The password of nina@example.com.")).to_be_visible()
        secret = admins.get_by_test_id("stCode").inner_text().strip()
        go(viewers, "segments")
        with open_page(browser, address, **DESKTOP) as new:
            new.goto("/features")
            new.get_by_label("E-mail address").fill("nina@example.com")
            new.get_by_label("Password").fill(secret)
            new.get_by_role("button", name="Sign in").click()
            see(new, "features")
        admins.get_by_role("radio", name="Audit").or_(admins.get_by_role("button", name="Audit")).first.click()
        expect(admins.get_by_text("things were done")).to_be_visible()
        admins.get_by_role("button", name="Check that nothing was changed").click()
        expect(admins.get_by_text("rows are as they were written")).to_be_visible()
    with open_workspace(folder / "workspace") as space:
        assert "nina@example.com" in set(users.everybody(Actor.SYSTEM, space)["login"])
        assert {"invite", "sign in"} <= set(audit.rows(Actor.SYSTEM, space)["did"])


def test_a_role_that_was_taken_away_counts_from_the_next_release_of_the_mouse_on(browser, address, folder):
    context = browser.new_context(base_url=address, **DESKTOP)  # whoever is signed out may be refused a script
    page = context.new_page()
    page.goto("/map?activity=50-100&score=0-6")
    sign_in(page, "ivan")
    usage_map = UsageMap(page).there()
    expect(page.locator(".st-key-selection_people")).to_be_visible()
    with open_workspace(folder / "workspace") as space:
        users.change_role(Actor.SYSTEM, space, login("ivan"), Role.VIEWER)
    usage_map.drag((20, 8.5), (60, 4))
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    at_rest(page)
    assert _shown(page) == "You are signed out."
    context.close()
