"""How a file is read: the value that pages show, people correct, and tables follow."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from nps.fields import FIELDS
from nps.literals.dates import Form
from nps.notes import Note, decoded

SETTINGS = ("date_order", "zone", "decimal", "scale")


@dataclass(frozen=True)
class Reading:
    """How a file is read.

    columns    field -> column
    others     columns that are no field
    features   the columns of a usage file that has one column per feature
    properties of the others, those of usage that may be asked for, as `columns.properties` says by their first rows
    date_order of dates like 03/04/2025: what somebody said, else what the file tells, None where there are none;
               `ambiguous_dates` when the file cannot tell it
    zone       of times that name none, as somebody said; None is UTC
    decimal    point or comma, as somebody said; None is as the numbers tell
    scale      that scores were given on, as somebody said; None is 0-10
    dates      field -> how its column writes dates
    decimals   field -> its decimal sign; the columns of `features` are one
    normalised whether ids that differ only in case, spaces, zeros in front or a final .0 are the same (see `nps.keys`)
    plain      columns of ids, or names, of which none has to be mended: all are plain, as `literals.ids` says it, or
               missing; and others whose words for nothing are gone
    nobody     ids, as 0 or -1, that stand for whoever it was, as many rows that have nothing in common share them
    no_account the same of accounts
    whose      the field of an answer that the person column holds: its account's, where a file is kept per account
    in_database  whether the table stays in its database: of text in it, only what every engine can read is understood
    notes      what a person should know about this reading
    """

    table: str
    columns: dict[str, str]
    others: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    date_order: str | None = None
    ambiguous_dates: bool = False
    zone: str | None = None
    decimal: str | None = None
    scale: str | None = None
    dates: Mapping[str, Form] = field(default_factory=dict)
    decimals: Mapping[str, str] = field(default_factory=dict)
    normalised: bool = False
    plain: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    no_account: tuple[str, ...] = ()
    whose: str = "person_id"
    in_database: bool = False
    notes: tuple[Note, ...] = ()

    @classmethod
    def restored(cls, kept: Mapping) -> "Reading":
        """A reading from what JSON makes of what it `kept`."""
        notes = {"notes": tuple(map(decoded, kept["notes"]))}
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
        forms = {name: Form(tuple(kinds), order, zone) for name, (kinds, order, zone) in kept["dates"].items()}
        return cls(**values | {"dates": forms} | notes)

    def kept(self) -> dict[str, object]:
        """What JSON can hold, for `restored`."""
        return asdict(replace(self, notes=())) | {"notes": [each.encoded for each in self.notes]}

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that are read."""
        return (*self.columns.values(), *self.features)

    @property
    def asked(self) -> tuple[str, ...]:
        """The properties that no field took since."""
        return tuple(name for name in self.properties if name in self.others)

    @property
    def rest(self) -> tuple[str, ...]:
        """The columns that are no field, and no property."""
        return tuple(name for name in self.others if name not in self.properties)

    def mapping(self) -> dict[str, str | None]:
        """The same reading as a mapping for `nps.load`: every field said, absent ones as None."""
        fields = {name: self.columns.get(name) for name in FIELDS[self.table]}
        return fields | {name: getattr(self, name) for name in SETTINGS if getattr(self, name)}
