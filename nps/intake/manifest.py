"""What stands beside the tables of a reading: of which files they are, how these were read, and in which format."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from nps.engines import Stored
from nps.notes import InputError, Note, decoded
from nps.sources import Named

NAME = "manifest.json"
VERSION = 1  # of all that stands in the folder: another one is refused, as it may mean something else
DAMAGED = "reading.damaged"

Mapped = Mapping[str, str | None]
Mappings = Mapping[str, Mapped | str]


class Origin(NamedTuple):
    """A file that was read: what its owner calls it, and the SHA-256 of its bytes; of a table in a database, its name
    and that of where it is, without the password."""

    name: str
    sha256: str


Origins = Mapping[str, Sequence[Origin]]


@dataclass(frozen=True)
class Manifest:
    """A reading in a few values.

    read_at   when the tables were read (UTC)
    keys      how ids join, one of `keys.WAYS`
    notes     what to say of how the files were read
    mapping   as `nps.load` takes it: what was said of the columns
    readings  table -> how it was read, as a mapping of every field
    origins   table -> of what it was read; nothing of frames
    window_days  that its usage was counted for, where that stays in its database
    """

    read_at: pd.Timestamp
    keys: str
    notes: tuple[Note, ...] = ()
    mapping: Mappings = field(default_factory=dict)
    readings: Mapping[str, Mapped] = field(default_factory=dict)
    origins: Origins = field(default_factory=dict)
    window_days: int | None = None

    @property
    def mark(self) -> str:
        """See `mark`."""
        return mark(self.origins, self.mapping)

    def write(self, folder: Path) -> None:
        """Put it beside the tables, once they are there: with the name and the size of each file."""
        files = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
        notes = [each.encoded for each in self.notes]
        kept = {"version": VERSION, "files": files, **vars(self), "read_at": f"{self.read_at}", "notes": notes}
        (folder / NAME).write_text(json.dumps(kept, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """What `write` wrote. Raises InputError for another version, and where a file beside it is not as it was."""
        kept = _kept(folder)
        if kept.pop("version", None) != VERSION:
            raise InputError("reading.other_version")
        if any(_size(folder / name) != size for name, size in kept.pop("files").items()):
            raise InputError(DAMAGED)
        kept["notes"] = tuple(map(decoded, kept["notes"]))
        kept["read_at"] = pd.Timestamp(kept["read_at"])
        kept["origins"] = {table: [Origin(*one) for one in several] for table, several in kept["origins"].items()}
        return cls(**kept)


def _kept(folder: Path) -> dict:
    try:
        return json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as unreadable:
        raise InputError(DAMAGED) from unreadable


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def mark(origins: Origins, mapping: Mappings) -> str:
    """The same for the same bytes read in the same way, and for nothing else; notes name files where there are several.

    So nobody is told what another person calls the same file.
    """
    files = {
        table: sorted((origin.sha256, origin.name if len(several) > 1 else "") for origin in several)
        for table, several in origins.items()
    }
    return hashlib.sha256(json.dumps([files, mapping], sort_keys=True).encode()).hexdigest()


def of_files(files: Path | Named | Sequence[Path | Named]) -> list[Origin]:
    """The origin of each file; those are read for it whose bytes nobody has told. A folder stands for what is in it."""
    if isinstance(files, (Path, Named)):
        files = [files]
    return [origin for file in files for origin in _of_file(file)]


def of_stored(stored: Stored) -> list[Origin]:
    """The origin of a table or a SELECT in a database: of where it is, whatever password opens it."""
    return [Origin(stored.table, hashlib.sha256(repr(stored).encode()).hexdigest())]


def _of_file(file: Path | Named) -> list[Origin]:
    if isinstance(file, Named) and file.sha256:
        return [Origin(file.name, file.sha256)]
    if Path(file).is_dir():
        return of_files(sorted(path for path in Path(file).rglob("*") if path.is_file()))
    with Path(file).open("rb") as stream:
        return [Origin(file.name, hashlib.file_digest(stream, "sha256").hexdigest())]
