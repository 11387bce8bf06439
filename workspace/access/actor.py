"""Who asks, as a value that every function of the workspace takes first."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

BROWSER = re.compile("[0-9a-f]{32,64}")  # what tells browsers apart where nobody signs in
ANY_BROWSER = "me"


class Role(StrEnum):
    """What somebody may do, least first."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    ADMIN = "admin"

    def reaches(self, least: "Role") -> bool:
        """Whether this role may do what that one may."""
        return [*Role].index(self) >= [*Role].index(least)


@dataclass(frozen=True)
class Actor:
    """Somebody who asks.

    login  of a user; of somebody who need not sign in, the browser; "system" for the command line and jobs
    user   the number of a user; None for whoever is none
    """

    login: str
    role: Role
    user: int | None = None
    SYSTEM: ClassVar["Actor"]

    @property
    def name(self) -> str:
        """What is written down: users by number, as their names change."""
        return self.login if self.user is None else f"user {self.user}"

    @property
    def owner(self) -> str:
        """Who looks after something, as it is written down: where nobody signs in, all browsers are one person's."""
        return ANY_BROWSER if self.user is None and BROWSER.fullmatch(self.login) else self.name


Actor.SYSTEM = Actor("system", Role.ADMIN)
