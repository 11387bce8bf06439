"""The format of links, and what became of the parameters of older ones.

A link says the first version that has all it holds, so that who reads an older one only refuses it, and does not show
more people than it means. Version 1 is not said.
"""

from collections.abc import Callable, Sequence

from nps.selection import clauses as kinds
from nps.selection.clauses.clause import Query

VERSION = "v"


def written(query: dict[str, list[str]], since: int) -> dict[str, list[str]]:
    """Parameters of a link, with the version that they need."""
    return query | ({VERSION: [str(since)]} if since > 1 else {})


def current(query: Query) -> dict[str, Sequence[str]]:
    """Parameters of a link, as the newest version has them. Raises ValueError for a version that is not known."""
    newest = max(kind.since for kind in kinds.KINDS)
    there = {name: values for name, values in query.items() if values}
    version = {str(number): number for number in range(1, newest + 1)}.get(there.pop(VERSION, ["1"])[0])
    if version is None:
        raise ValueError(VERSION)
    for number in range(version, newest):
        there = UPGRADES.get(number, dict)(there)
    return there


def _from_1(query: dict[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """“alike” became “like”, as people are like promoters."""
    became = {"like": ["promoters"]} if query.get("alike", [""])[0] == "promoter" else {}
    return {name: values for name, values in query.items() if name != "alike"} | became


def _from_3(query: dict[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """What pages called “who” became “whose”, as conditions on people are told by that name."""
    return {"whose" if name == "who" else name: values for name, values in query.items()}


UPGRADES: dict[int, Callable[[dict[str, Sequence[str]]], dict[str, Sequence[str]]]] = {1: _from_1, 3: _from_3}
