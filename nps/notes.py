"""What there is to tell, as values: a code, and the numbers and names it speaks of. `nps.wording` makes the sentence.

What is stored, compared or handed to another program is the code, so that it means the same in every language.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from itertools import accumulate, islice
from typing import Union

MOST_SAID, MOST_LETTERS = 3, 290  # of notes beside why something is refused: more, and nobody reads them
TABLES = ("responses", "usage", "people", "accounts")
Value = Union[str, int, float, bool, date, "Note", tuple["Value", ...], None]


@dataclass(frozen=True)
class Note:
    """Something to tell.

    code    stable, dotted: where it comes from and what it is, as "scores.out_of_range"
    values  what it speaks of; text is somebody's own and is never translated; `also` is what is told after it, as notes
    """

    code: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return _voice.say(self)

    @property
    def encoded(self) -> str:
        """One line that `decoded` reads: the code, and its values as JSON where there are any."""
        return json.dumps(self.plain, ensure_ascii=False, sort_keys=True) if self.values else self.code

    @property
    def plain(self) -> dict:
        """What JSON can hold: the code as "note", beside it the values."""
        return _plain(self)


def note(code: str, **values: Value) -> Note:
    """A note of these values."""
    return Note(code, values)


def quoted(names: Iterable[str], longest: int | None = 60) -> tuple[Note, ...]:
    """Names of somebody's own, each to be told in quotation marks and cut off where it is long."""
    return tuple(note("quoted", name=name[:longest]) for name in names)


def shortlist(names: Sequence[str], most: int, longest: int | None = 60) -> Value:
    """So many names at most in quotation marks, and how many more there are."""
    shown, more = quoted(names[:most], longest), len(names) - most
    return note("and_more", names=shown, n=more) if more > 0 else shown


def chain(word: str, parts: Iterable[Value]) -> Value:
    """One value, and another, and another: word is "and" or "or"."""
    return reduce(lambda one, other: note(word, one=one, other=other), parts)


def table_named(table: str) -> Note:
    """What a table is called in a sentence: responses, usage or people; any other name is somebody's own."""
    return note(f"table.{table}") if table in TABLES else note("as_is", text=table)


def decoded(line: str) -> Note:
    """The note that was `encoded`."""
    return _noted(json.loads(line)) if line.startswith("{") else Note(line)


def _plain(value: Value) -> object:
    """What JSON can hold; notes and dates are told by a name that no value has."""
    if isinstance(value, Note):
        return {"note": value.code} | {name: _plain(each) for name, each in value.values.items()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _noted(value: object) -> Value:
    if isinstance(value, dict):
        if "date" in value:
            return date.fromisoformat(value["date"])
        return Note(value["note"], {name: _noted(each) for name, each in value.items() if name != "note"})
    return tuple(_noted(each) for each in value) if isinstance(value, list) else value


def field_named(field: str) -> Note:
    """What a field of a table is called."""
    return note(f"field.{field}")


def _brief(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The first notes, as far as they are read."""
    first = (*islice(notes, MOST_SAID),)
    letters = accumulate(len(str(each)) + 1 for each in first)
    return tuple(each for each, so_far in zip(first, letters, strict=True) if so_far <= MOST_LETTERS)


class InputError(ValueError):
    """What was given cannot be used; the message says why and what to do, in a product manager's words.

    The one exception for what somebody can mend: a file that is none, a column that is missing, a question that this
    data cannot answer, a database that is not reached. Its subclasses are told apart by what a program does about
    them; `code` is stable and `values` are what the message speaks of. Beside it, OSError tells of a path that cannot
    be read.

    also  what is told beside it, of which no more is taken than is read
    """

    def __init__(self, code: str, *, also: Iterable[Note] = (), **values: Value) -> None:
        super().__init__(code)
        told = _brief(also)
        self.note = Note(code, values | ({"also": told} if told else {}))

    @property
    def code(self) -> str:
        """What it is, as "archive.nested"."""
        return self.note.code

    @property
    def values(self) -> Mapping[str, Value]:
        """What it speaks of."""
        return self.note.values

    @property
    def plain(self) -> dict:
        """What JSON can hold, and `refusal` reads: its class as "kind", its note as "note"."""
        return {"kind": type(self).__name__, "note": self.note.encoded}

    def __str__(self) -> str:
        return str(self.note)

    def __reduce__(self) -> tuple:
        return refusal, (self.plain,)


def refusal(plain: Mapping[str, str]) -> InputError:
    """The refusal that was `plain`."""
    kinds = {kind.__name__: kind for kind in (InputError, *InputError.__subclasses__())}
    why = decoded(plain["note"])
    return kinds[plain["kind"]](why.code, **why.values)


class NotATable(InputError):
    """The file is none that can be read as a table: convert it, or give another."""


class MissingColumn(InputError):
    """A column that the table needs is not there, or nobody said which it is: name it."""


class NothingLeft(InputError):
    """It can be read, and holds nothing that counts."""


class TooLarge(InputError):
    """It is more than can be read or held here: give less."""


class Unreachable(InputError):
    """The database or file does not answer, or does not know the user: check the connection, and try again."""


class Refused(InputError):
    """What was asked is not allowed here: ask for something else."""


class TimedOut(InputError):
    """It took longer than it may: ask for less, or later."""


class Undecided(InputError):
    """A file holds several sheets or tables, and nobody said which. kind: one of CHOICES; names: what there is."""

    @property
    def kind(self) -> str:
        return self.values["kind"]

    @property
    def names(self) -> tuple[str, ...]:
        return self.values["names"]


class _Voice:
    """How a note becomes a sentence: its code, until `nps.wording` is there to speak."""

    def __init__(self) -> None:
        self.say: Callable[[Note], str] = lambda told: told.code


_voice = _Voice()


def spoken_by(say: Callable[[Note], str]) -> None:
    """Who makes sentences of notes from now on."""
    _voice.say = say
