"""What goes into a CRM: a contact and a task for a person, and what came of each.

A contact is made or brought up to date however often it is sent. A task is not: its subject ends in a mark of the
message that it came from, and before a second try it is looked for.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from nps.notes import InputError, Refused
from workspace.delivery.letters import line

LONGEST_REASON, LONGEST_SUBJECT = 200, 200
SIGNS = 12  # of a mark
MOST_BYTES = 2_000_000


class Errand(NamedTuple):
    """One message that is due.

    key    of the message: the same however often it is sent
    told   first, last, email, company, title of a person; subject, text and due (a day, ISO) of the task
    tries  how often it was tried before
    """

    key: str
    told: Mapping[str, str]
    tries: int = 0

    @property
    def mark(self) -> str:
        """What its task can be found by."""
        return self.key.replace("-", "")[:SIGNS]

    @property
    def subject(self) -> str:
        """Of its task."""
        return f"{line(self.told['subject'], LONGEST_SUBJECT)} [{self.mark}]"


Outcome = str | InputError  # the id that its task has there, or why there is none


def row_failed(said: object) -> InputError:
    """What a CRM says of one row, in its own words."""
    return Refused("delivery.row", why=line(str(said), LONGEST_REASON))


def in_two_steps(
    errands: Sequence[Errand],
    contacts: Callable[[Sequence[Errand]], Mapping[str, Outcome]],
    found: Callable[[Sequence[Errand]], Mapping[str, str]],
    tasks: Callable[[Sequence[Errand], Mapping[str, str]], Mapping[str, Outcome]],
) -> dict[str, Outcome]:
    """What came of each errand, by key: contacts first; then tasks that were not made by an earlier try.

    contacts  makes them; key -> the contact's id, or what failed
    found     tasks that are there already; key -> the task's id
    tasks     makes one for each, given contact ids by key
    """
    known = contacts(errands)
    there = {key: made for key, made in known.items() if isinstance(made, str)}
    again = [errand for errand in errands if errand.tries and errand.key in there]
    earlier = found(again) if again else {}
    missing = [errand for errand in errands if errand.key in there and errand.key not in earlier]
    outcome: dict[str, Outcome] = {key: failed for key, failed in known.items() if key not in there}
    outcome |= earlier | (tasks(missing, there) if missing else {})
    return {errand.key: outcome.get(errand.key, Refused("delivery.not_understood")) for errand in errands}


def rows(answer: Any, name: str) -> list[Mapping[str, Any]]:
    """A list of objects in what was answered; nothing where it is none."""
    found = answer.get(name) if isinstance(answer, dict) else None
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def blank_left_out(fields: Mapping[str, str]) -> dict[str, str]:
    """What is not known overwrites nothing there."""
    return {name: value for name, value in fields.items() if value}
