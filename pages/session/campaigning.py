"""Campaigns of the data at hand, where they are kept, and whom the contact rules leave of people."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import pandas as pd

import nps
from nps.notes import note
from pages.session import access, following, links
from pages.session.kept import space
from pages.session.notices import say
from workspace.follow_up import campaign, campaigns, contact_rules, joining, members, ruling
from workspace.follow_up.campaign import Campaign as Campaign
from workspace.follow_up.campaigns import Draft as Draft
from workspace.follow_up.contact_rules import ALWAYS as ALWAYS
from workspace.follow_up.contact_rules import rule_named as rule_named
from workspace.follow_up.contact_rules import told as told
from workspace.follow_up.joining import Added as Added
from workspace.follow_up.joining import Joined as Joined
from workspace.follow_up.words import PLACEHOLDERS as PLACEHOLDERS
from workspace.follow_up.words import filled as filled

HELD_BACK = 0.15  # the share that is offered
LONGEST_NAME = campaigns.LONGEST_NAME
LONGEST_LINE, LONGEST_MESSAGE = campaigns.LONGEST_LINE, campaigns.LONGEST_MESSAGE


def listed() -> list[Campaign]:
    """The campaigns of these data, the newest first."""
    with space() as known:
        return campaign.listed(access.actor(), known, following.dataset() or "")


def boards(of: list[Campaign]) -> list[dict[str, int]]:
    """How many people of each stand where."""
    with space() as known:
        return [members.board(access.actor(), known, each.id) for each in of]


def found(wanted: str) -> Campaign | None:
    """One of these data; None where there is none such, as a link may ask for it."""
    return next((each for each in listed() if each.id == wanted), None)


def people(of: str) -> pd.DataFrame:
    """Who is in a campaign: as `members.listed`."""
    with space() as known:
        return members.listed(access.actor(), known, of, following.today())


def ruled(whom: pd.DataFrame, off: dict[str, str]) -> tuple[int, pd.DataFrame]:
    """How many of these people may be contacted now, and what each rule removes: as `contact_rules.told`."""
    with space() as known:
        removed = ruling.preview(access.actor(), known, following.dataset() or "", whom, off, following.now())
    return int(contact_rules.allowed(removed).sum()), told(removed)


def make(draft: Callable[[], Draft], whom: Callable[[], pd.DataFrame]) -> None:
    """Make a campaign of these people, and open it: for callbacks."""

    def do() -> None:
        with space() as known:
            made = campaigns.make(access.actor(), known, following.dataset() or "", draft(), whom(), following.now())
        links.go(links.FOLLOW_UP, view="campaigns", campaign=made)

    following.said(do)


def open_ones() -> dict[str, Campaign]:
    """Which people can be added to, by id, the newest first."""
    return {each.id: each for each in listed() if each.state != campaigns.STATES[-1]}


def joining_now(of: str, whom: pd.DataFrame) -> Joined:
    """What would come of adding these people. Raises nps.InputError where nobody can be, by now."""
    with space() as known:
        return joining.preview(access.actor(), known, following.dataset() or "", of, whom, following.now())


def add(of: str, whom: Callable[[], Added]) -> None:
    """Add people to a campaign, say what came of it, and open it: for callbacks."""

    def do() -> None:
        with space() as known:
            asked = access.actor(), known, following.dataset() or "", of
            came = joining.add(*asked, whom(), following.now())
            name = campaign.find(access.actor(), known, of).name
        say(note("campaign.joined", n=came.n, name=name, there=came.there, out=len(came.removed) - came.n))
        links.go(links.FOLLOW_UP, view="campaigns", campaign=of)

    following.said(do)


def additions(of: Campaign) -> pd.DataFrame:
    """Who was added later: as `joining.additions`."""
    with space() as known:
        return joining.additions(access.actor(), known, of.id)


def made_of(of: Campaign) -> list[tuple[nps.Selection, date]]:
    """The selections that its people are of, each with the day on which they were; none where any are of a list.

    Raises nps.InputError for one of a newer version.
    """
    later = additions(of)
    asked = [(of.query, of.made_at), *zip(later["query"], later["at"], strict=True)]
    if not all(query for query, _at in asked):
        return []
    return [(nps.Selection.from_query(query), datetime.fromisoformat(at).date()) for query, at in asked]


def turn(of: Campaign, state: str) -> None:
    """Start, close or stop a campaign as it was seen."""
    following.said(partial(_with, campaigns.turn, of.id, of.version, state))


def edit(of: Campaign, **values: str | date | None) -> None:
    """Change what a campaign says of itself, as it was seen."""
    following.said(partial(_with, partial(campaigns.change, **values), of.id, of.version))


def remove(of: Campaign) -> None:
    """Delete it, for good."""
    following.said(partial(_with, campaigns.remove, of.id))


def _with(do: Callable[..., object], *more: object) -> None:
    with space() as known:
        do(access.actor(), known, *more)
