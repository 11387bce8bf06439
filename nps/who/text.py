r"""Conditions as one line of text that goes into a link, and back.

    did.feature:Export;uses:3-;last:30;plan=x       !did.feature:Export;uses:1-;joined:14
    then.feature:Import,feature:Share;7;last:90     answered.0-6;last:180|named.sync.dislike
    is.plan:Free,Trial     account.all.!did.*;uses:1-     saved.k3f9~2

`!` is not, `|` or. Of names, the signs that stand between them are percent-coded, so a line can be split at them.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import unquote

from nps.notes import InputError
from nps.who import values
from nps.who.values import Account, Answered, AnyOf, Did, Is, Leaf, Named, Not, Prop, Saved, Term, Then
from nps.who.windows import EVER, Before, Between, Ever, Joined, Last, Window

ANYTHING = "*"
DAYS = {"last": Last, "joined": Joined, "before": Before}
COUNTED = re.compile(rf"({'|'.join(values.MEASURES)}):(\d{{1,7}})-(\d{{0,7}})")
TIMED = re.compile(rf"({'|'.join(DAYS)}):(\d{{1,5}})")
DATED = re.compile(r"from:(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)")
COMPARED = re.compile(r"([^=<>!]+)(!=|>=|<|=)([^=<>!]+)")
SHARES = {"any": values.ANY, "all": values.ALL}


def printed(term: Term) -> str:
    """The one line of a condition; equal ones have the same."""
    if isinstance(term, AnyOf):
        return "|".join(map(printed, term.clauses))
    if isinstance(term, Not):
        return f"!{printed(term.clause)}"
    name, write, _ = KINDS[type(term)]
    return f"{name}.{write(term)}"


def parsed(line: str) -> Term:
    """The condition of a line. Raises InputError for what nobody could have copied from us."""
    try:
        clauses = [_clause(part) for part in line.split("|")]
    except (ValueError, KeyError) as wrong:
        if isinstance(wrong, InputError):
            raise
        raise InputError("who.unreadable") from wrong
    return clauses[0] if len(clauses) == 1 else AnyOf(tuple(clauses))


def either(one: str, other: str) -> str:
    """The line of those of whom one of two holds."""
    clauses = {*one.split("|"), *other.split("|")}
    return printed(AnyOf(tuple(map(_clause, clauses)))) if len(clauses) > 1 else one


def _clause(line: str) -> Leaf | Not:
    if line.startswith("!"):
        return Not(_leaf(line[1:]))
    return _leaf(line)


def _leaf(line: str) -> Leaf:
    name, _, rest = line.partition(".")
    return READ[name](rest)


def coded(name: str) -> str:
    """A name without the signs that stand between names; letters of any language stay as they are."""
    return "".join(sign if sign.isalnum() or sign in " -_" else _hex(sign) for sign in name)


def _hex(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode())


def name_of(text: str) -> str:
    """The name that was `coded`. Raises ValueError."""
    if not text:
        raise ValueError(text)
    return unquote(text, errors="strict")


def _feature(feature: values.Feature) -> str:
    return ":".join(map(coded, feature))


def _of_feature(text: str) -> values.Feature:
    kind, name = map(name_of, text.split(":"))
    return kind, name


def _windowed(window: Window) -> list[str]:
    if isinstance(window, Ever):
        return []
    if isinstance(window, Between):
        return [f"from:{window.first}_{window.last}"]
    return [f"{name}:{window.days}" for name, kind in DAYS.items() if isinstance(window, kind)]


def _window(parts: Sequence[str]) -> Window:
    """The window of the one part that there may be left."""
    if not parts:
        return EVER
    (part,) = parts
    if TIMED.fullmatch(part):
        name, days = _matched(TIMED, part)
        return DAYS[name](int(days))
    return Between(*map(date.fromisoformat, _matched(DATED, part)))


def _matched(form: re.Pattern[str], part: str) -> tuple[str, ...]:
    """The groups of what has this form."""
    if found := form.fullmatch(part):
        return found.groups()
    raise ValueError(part)


def _did(clause: Did) -> str:
    features = ",".join(map(_feature, clause.features)) or ANYTHING
    most = "" if clause.at_most is None else clause.at_most
    props = [f"{coded(prop.column)}{prop.sign}{coded(prop.value)}" for prop in clause.props]
    return ";".join([features, f"{clause.measure}:{clause.at_least}-{most}", *_windowed(clause.window), *props])


def _of_did(text: str) -> Did:
    features, counted, *rest = text.split(";")
    measure, least, most = _matched(COUNTED, counted)
    props = [COMPARED.fullmatch(part) for part in rest]
    return Did(
        () if features == ANYTHING else tuple(map(_of_feature, features.split(","))),
        measure,
        int(least),
        int(most) if most else None,
        _window([part for part, prop in zip(rest, props, strict=True) if not prop]),
        tuple(Prop(name_of(prop[1]), prop[2], name_of(prop[3])) for prop in props if prop),
    )


def _then(clause: Then) -> str:
    return ";".join([f"{_feature(clause.first)},{_feature(clause.then)}", f"{clause.days}", *_windowed(clause.window)])


def _of_then(text: str) -> Then:
    features, days, *rest = text.split(";")
    first, then = map(_of_feature, features.split(","))
    return Then(first, then, _number(days), _window(rest))


def _answered(clause: Answered) -> str:
    surveys = [f"survey:{','.join(map(coded, clause.surveys))}"] if clause.surveys else []
    return ";".join([f"{clause.low}-{clause.high}", *surveys, *_windowed(clause.window)])


def _of_answered(text: str) -> Answered:
    scores, *rest = text.split(";")
    low, high = map(_number, scores.split("-"))
    surveys = [part.removeprefix("survey:") for part in rest if part.startswith("survey:")]
    names = tuple(map(name_of, ",".join(surveys).split(","))) if surveys else ()
    return Answered(low, high, names, _window([part for part in rest if not part.startswith("survey:")]))


def _named(clause: Named) -> str:
    kind, _, feature = clause.name.partition(":")
    written = {
        "theme": lambda: coded(clause.name),
        "mention": lambda: _feature((kind, feature)),
        "word": lambda: f"={coded(clause.name)}",
    }
    return ".".join([written[clause.what](), *([clause.side] if clause.side else [])])


def _of_named(text: str) -> Named:
    name, dot, side = text.partition(".")
    if dot and not side:
        raise ValueError(text)
    if name.startswith("="):
        return Named("word", name_of(name[1:]), side)
    if ":" in name:
        return Named("mention", ":".join(_of_feature(name)), side)
    return Named("theme", name_of(name), side)


def _is(clause: Is) -> str:
    return f"{coded(clause.column)}:{','.join(map(coded, clause.values))}"


def _of_is(text: str) -> Is:
    column, wanted = text.split(":")
    return Is(name_of(column), tuple(map(name_of, wanted.split(","))))


def _account(clause: Account) -> str:
    share = next((name for name, share in SHARES.items() if share == clause.share), f"{clause.share}")
    return f"{share}.{printed(clause.clause)}"


def _of_account(text: str) -> Account:
    share, _, inner = text.partition(".")
    return Account(_clause(inner), SHARES[share] if share in SHARES else _number(share))


def _saved(clause: Saved) -> str:
    return f"{clause.id}~{clause.version}"


def _of_saved(text: str) -> Saved:
    name, version = text.split("~")
    return Saved(name, _number(version))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise ValueError(text)
    return int(text)


KINDS: dict[type, tuple[str, Callable, Callable]] = {
    Did: ("did", _did, _of_did),
    Then: ("then", _then, _of_then),
    Answered: ("answered", _answered, _of_answered),
    Named: ("named", _named, _of_named),
    Is: ("is", _is, _of_is),
    Account: ("account", _account, _of_account),
    Saved: ("saved", _saved, _of_saved),
}
READ = {name: read for name, _, read in KINDS.values()}
