"""Text that colleagues type: cleaned, of some length, and what a message says to each person."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from nps.notes import Refused
from workspace.privacy.masking import masked
from workspace.store import marks
from workspace.store.database import Workspace
from workspace.store.marks import alike

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ("name", "first_name", "account", "score", "answered", "owner")
KEPT = "\n\t"


def line(text: str, most: int, code: str) -> str:
    """One line of so many signs at most, and one at least. Raises Refused with this code."""
    said = optional(text, most, code)
    if not said:
        raise Refused(code, most=most)
    return said


def optional(text: str, most: int, code: str) -> str:
    """The same, which may be empty."""
    said = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(said) > most:
        raise Refused(code, most=most)
    return said


def prose(text: str, most: int, code: str) -> str:
    """Several lines, without signs that nobody sees. Raises Refused with this code where it is longer."""
    said = "".join(sign for sign in text.replace("\r\n", "\n") if sign.isprintable() or sign in KEPT).strip()
    if len(said) > most:
        raise Refused(code, most=most)
    return said


def without_names(space: Workspace, text: str, people: Iterable[str]) -> str:
    """A reason as the audit keeps it, for good: without addresses and numbers, and without these ids and e-mails."""
    key = marks.secret(space.root)
    known = marks.Forgotten(key, [marks.mark(key, each) for each in people])
    return masked(known.cell(text))


def checked(message: str) -> str:
    """A message of which every placeholder is known: {first_name}, or {first_name|there} with what stands in for it.

    Raises Refused, which names those that are none.
    """
    unknown = [said for said in PLACEHOLDER.findall(message) if said.partition("|")[0].strip() not in PLACEHOLDERS]
    if unknown:
        raise Refused("campaign.placeholder", name=unknown[0][:60], known=", ".join(PLACEHOLDERS))
    return message


def filled(message: str, values: Mapping[str, object]) -> str:
    """The message to one person. What is put in is text of others: one line each, and read once only."""

    def put(found: re.Match) -> str:
        name, _, instead = found[1].partition("|")
        value = values.get(name.strip())
        said = "" if value is None or value != value else str(value)
        return " ".join(said.split()) or instead.strip()

    return PLACEHOLDER.sub(put, message)


def domain_of(text: str) -> str:
    """A domain as it is compared: of an address, what stands after its @; without case, in the letters of the net."""
    bare = alike(text).rpartition("@")[2].strip(".")
    try:
        return bare.encode("idna").decode()
    except UnicodeError:
        return unicodedata.normalize("NFKC", bare)


def domains(email: str) -> list[str]:
    """The domain of an address, and each that it lies below: a.b.example, b.example, example."""
    parts = domain_of(email).split(".")
    return [".".join(parts[place:]) for place in range(len(parts))]
