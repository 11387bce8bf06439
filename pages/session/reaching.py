"""Whom a campaign reaches: the contact rules as they are at this moment, lists that leave, and what was turned off."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pandas as pd

import nps
from nps.notes import Note, note
from pages.session import access, following, keys, leaving, views
from pages.session.campaigning import Campaign
from pages.session.kept import space
from pages.session.notices import say
from workspace.access.actor import Actor
from workspace.delivery import channels, layouts, lists
from workspace.delivery.channels import Channel
from workspace.delivery.layouts import LAYOUTS as LAYOUTS
from workspace.delivery.layouts import PEOPLE as PEOPLE
from workspace.delivery.layouts import Wanted as Wanted
from workspace.follow_up import contact_rules, members, ruling, standing, suppression
from workspace.follow_up.contact_rules import Rules
from workspace.follow_up.suppression import KINDS as KINDS

LONGEST_WHY = ruling.LONGEST_WHY


@views.held
def known_now(panel: nps.Panel) -> pd.DataFrame:
    """What is known of everybody by now, with what their accounts are called."""
    people = panel.select().per_person.for_survey()
    return people.assign(account=people["account_id"].map(panel.accounts.table["account"]))


def waiting(one: Campaign, known: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who waits and may be contacted now, and what each rule removes: as `contact_rules.told`."""
    with space() as opened:
        asked = access.actor(), opened
        if one.state == "running":
            allowed, removed = members.leaving(*asked, one.id, following.now(), known)
            return allowed, contact_rules.told(removed)
        rows = members.listed(*asked, one.id, following.today())
        rows = rows[(rows["arm"] == "contact") & (rows["status"] == "to contact")].reset_index(drop=True)
        removed = ruling.preview(*asked, one.dataset, standing.by_now(rows, known), one.off, following.now())
        return rows[contact_rules.allowed(removed)], contact_rules.told(removed)


def to_know(allowed: pd.DataFrame, layout: str) -> list[Note]:
    """What to tell before these people leave in a layout."""
    return layouts.to_know(allowed, layout)


def columns(wanted: Wanted) -> Sequence[str]:
    """What can be chosen of a list or a layout."""
    if wanted.without_names:
        return [name for name in PEOPLE if name not in layouts.TELLING]
    return PEOPLE if wanted.layout == "list" else [*LAYOUTS[wanted.layout].columns]


def list_file(one: Campaign, wanted: Wanted, known: pd.DataFrame) -> Callable[[], bytes]:
    """Makes the list when it is asked for; the rules are asked then."""

    def made(actor: Actor) -> bytes:
        with space() as opened:
            return lists.file(actor, opened, one.id, wanted, following.now(), known)

    return leaving.asked_again(made)


def crms() -> list[Channel]:
    """Where people can be handed over to."""
    with space() as opened:
        return [each for each in channels.listed(access.actor(), opened) if each.kind in channels.CRM and each.active]


def hand_over(one: Campaign, known: pd.DataFrame, channel: str, subject: str) -> None:
    """Have everybody who may be contacted go to a CRM, with a task: for callbacks."""

    def do() -> None:
        told = keys.of_widget(subject).get() or ""
        with space() as opened:
            to = keys.of_widget(channel).get() or ""
            n = lists.hand_over(access.actor(), opened, one.id, to, told, following.now(), known)
        say(note("campaign.handed_over", n=n))

    following.said(do)


def turn_off(one: Campaign, rule: str, why: str) -> None:
    """Turn off the rule that a widget says, for the reason that another says: for callbacks."""
    told = keys.of_widget(rule).get() or "", keys.of_widget(why).get() or ""
    following.said(partial(_with, ruling.turn_off, one.id, *told))


def turn_on(one: Campaign, rule: str) -> None:
    """Turn it on again."""
    following.said(partial(_with, ruling.turn_on, one.id, rule))


def rules() -> Rules:
    """How the contact rules of the data at hand are set."""
    with space() as opened:
        return ruling.rules_of(access.actor(), opened, following.dataset() or "")


def set_rules(contact_days: int, survey_days: int, why: str) -> None:
    """Say for how many days people are left in peace."""
    following.said(partial(_with, ruling.set_rules, following.dataset() or "", contact_days, survey_days, why))


def suppressed() -> pd.DataFrame:
    """As `suppression.listed`."""
    with space() as opened:
        return suppression.listed(access.actor(), opened)


def suppress(kind: str, what: str, why: str, until: date | None) -> None:
    """Have nobody write to them."""
    following.said(partial(_with, suppression.suppress, kind, what, why, until))


def lift(kind: str, what: str, why: str) -> None:
    """Allow it again."""
    following.said(partial(_with, suppression.lift, kind, what, why))


def _with(do: Callable[..., object], *more: object) -> None:
    with space() as opened:
        do(access.actor(), opened, *more)
