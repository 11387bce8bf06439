"""Who may do what: one table, which every public function of the workspace asks before it does anything."""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from nps.notes import Refused
from workspace.access.actor import Actor, Role

P, T = ParamSpec("P"), TypeVar("T")


class Verb(Enum):
    """What can be done, with the least role that may.

    LOOK        at figures
    SEE_PEOPLE  their comments as written, and lists of whom to contact
    WORK        bring data, keep and refresh it, and work with it
    ADMINISTER  delete, erase, see the audit, say who may do what
    """

    LOOK = "look", Role.VIEWER
    SEE_PEOPLE = "see people", Role.ANALYST
    WORK = "work", Role.ANALYST
    ADMINISTER = "administer", Role.ADMIN

    @property
    def least(self) -> Role:
        """The least role that may."""
        return self.value[1]


def may(actor: Actor, verb: Verb) -> bool:
    """Whether this one may do that."""
    return actor.role.reaches(verb.least)


def require(actor: Actor, verb: Verb) -> None:
    """Raises Refused for whoever may not."""
    if not may(actor, verb):
        raise Refused("access.not_allowed", role=verb.least.value)


def needs(verb: Verb) -> Callable[[Callable[Concatenate[Actor, P], T]], Callable[Concatenate[Actor, P], T]]:
    """A function that takes who asks first, for those only who may; what it needs stands in its `verb`."""

    def guarded(do: Callable[Concatenate[Actor, P], T]) -> Callable[Concatenate[Actor, P], T]:
        @wraps(do)
        def asked(actor: Actor, /, *args: P.args, **named: P.kwargs) -> T:
            require(actor, verb)
            return do(actor, *args, **named)

        asked.verb = verb
        return asked

    return guarded
