"""What playbooks say: when, then, and what came of them. Names in them are of others: show them as text."""

import nps
from nps.selection import Selection
from nps.wording import _, several
from pages.session.playbooks import Playbook, Then, When


def kinds() -> dict[str, str]:
    """What can happen."""
    return {
        "answer": _("Somebody answers"),
        "entered": _("Somebody comes to belong to a selection"),
        "health": _("The health of an account falls"),
        "score": _("The score falls"),
        "silent": _("Nobody answers any more"),
        "digest": _("A day, week or month begins"),
    }


def every() -> dict[str, str]:
    """How often a digest comes."""
    return {"day": _("Every day"), "week": _("Every Monday"), "month": _("On the first of a month")}


def whom(panel: nps.Panel, when: When) -> str:
    """Whose answers it is about."""
    return str(Selection.from_query(when.query).describe(panel.measure, panel))


def when(panel: nps.Panel, told: When) -> str:
    """When it does something."""
    said = {"whom": whom(panel, told)}
    if told.kind == "answer" and told.commented:
        return _("Somebody answers with a comment: {whom}", **said)
    if told.kind == "answer":
        return _("Somebody answers: {whom}", **said)
    if told.kind == "entered":
        return _("Somebody comes to belong to: {whom}", **said)
    if told.kind == "score":
        return _("The score falls: {whom}", **said)
    if told.kind == "silent":
        days = several("1 day", "{n} days", n=told.days)
        return _("Nobody answers for {days}: {whom}", days=days, **said)
    return every()[told.every] if told.kind == "digest" else kinds()[told.kind]


def then(told: Then, channels: dict[str, str], campaigns: dict[str, str], owners: dict[str, str]) -> str:
    """What it does."""
    named = ", ".join(owners.get(owner, owner) for owner in told.owners)
    parts = []
    if told.task:
        parts += [_("a task: {title} ({owner})", title=told.task, owner=named) if named else _task(told)]
    if told.channel:
        parts += [_("a message to {name}", name=channels.get(told.channel, _("a channel that is off")))]
    if told.campaign:
        parts += [_("a member of {name}", name=campaigns.get(told.campaign, _("a campaign that is closed")))]
    return "; ".join(parts)


def _task(told: Then) -> str:
    return _("a task: {title}", title=told.task)


def trouble(playbook: Playbook) -> str:
    """Why it cannot be looked at; "" where it can."""
    return str(nps.notes.decoded(playbook.trouble)) if playbook.trouble else ""
