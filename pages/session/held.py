"""Values that a session holds: what it looks at, the files that it brought, and those on their way to be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from weakref import ReferenceType

import nps
from nps import intake
from nps.comments import Comments, Rules
from nps.comments.proposing import Proposing
from nps.notes import Note
from web.uploads import Arrived


class MakesPanels(Protocol):
    """Files that were read, or whatever else people look into."""

    def panel(self, window_days: int, measure: str) -> nps.Panel:
        """The panel under a window and a measure. Raises nps.InputError when there is nobody in it."""


@dataclass(frozen=True)
class Dataset:
    """What this session looks at instead of the sample: what to call it, a mark for links, what makes its panels."""

    name: str | Note
    fingerprint: str
    data: MakesPanels


@dataclass(frozen=True)
class Brought:
    """A file that this session brought: where it lies, what the user calls it, and the SHA-256 of its bytes.

    An upload stays on disk for as long as somebody has this.
    """

    path: Path
    name: str
    sha256: str
    upload: Arrived | None = None


Files = Mapping[str, Sequence[Brought]]


@dataclass(frozen=True)
class Reading:
    """Files that are on their way to be used: their mark, and the worker that reads them or what was read before.

    into  the dataset that they refresh, with the version that was looked at; None where they take its place
    """

    files: Files
    mark: str
    job: intake.Job | None
    data: MakesPanels | None
    into: tuple[str, int] | None = None


@dataclass(frozen=True)
class Draft:
    """Rules for comments that nobody has kept yet, and the number of the version that they were made from."""

    rules: Rules
    seen: int


@dataclass(frozen=True)
class Looking:
    """Who looks for groups among comments, and among which: of others, and once these are gone, it tells nothing."""

    comments: ReferenceType[Comments]
    job: Proposing
