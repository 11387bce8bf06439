"""The files that people bring: a small made-up product, answers alone, a hostile product, and files of no use."""

import csv
import gzip
import io
import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl

FIRST_DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROLES = ("Admin", "Designer", "Engineer", "Viewer")
FEATURES = ("Board", "Timer", "Voting", "Export", "Search", "Templates")
FIRST_ID = 9_007_199_254_740_993_000  # 19 digits: no float holds them


def _everywhere(reason: str) -> dict[str, str]:
    return {"responses": reason, "usage": reason}


WRONG = {  # name -> content, and a piece of the one sentence that each table says of it
    "image.csv": (b"\x89PNG\r\n\x1a\n" + bytes(64), _everywhere("This is an image, not a table.")),
    "empty.csv": (b"", _everywhere("The file is empty.")),
    "header.csv": (b"person_id,score\n", _everywhere("has a header but no rows below it")),
    "neither.csv": (
        b"thing,colour\nball,red\nkite,blue\n",
        {"responses": "No column holds scores from 0 to 10.", "usage": "says who it is about"},
    ),
    "half.csv.gz": (
        gzip.compress("".join(f"p{n},{n % 11}\n" for n in range(9999)).encode())[:2000],
        _everywhere("is cut off or damaged"),
    ),
}


def table(header: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """CSV as bytes."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([header, *rows])
    return stream.getvalue().encode()


def workbook(contents: dict[str, bytes]) -> bytes:
    """CSV tables as the sheets of one workbook, every cell as text."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, content in contents.items():
        sheet = book.create_sheet(name)
        for row in csv.reader(io.StringIO(content.decode())):
            sheet.append(row)
    book.save(stream)
    return stream.getvalue()


def saved(folder: Path, contents: dict[str, bytes]) -> dict[str, Path]:
    """Each table as a file of its own: table -> path."""
    paths = {name: folder / f"{name}.csv" for name in contents}
    for name, content in contents.items():
        paths[name].write_bytes(content)
    return paths


def product(people: int = 150, busy: float = 12, seed: int = 1) -> dict[str, bytes]:
    """Answers, use and people of a product whose heavy users are happier; every seventh person opted out.

    busy  uses of the average person, at most 60 each
    """
    draw = random.Random(seed)
    responses, usage, known = [], [], []
    for number in range(people):
        person, role = str(FIRST_ID + number), ROLES[number % len(ROLES)]
        uses = min(int(draw.expovariate(1 / busy)), 60)
        score = min(10, max(0, round(draw.gauss(6 + uses / busy - (role == "Viewer"), 2))))
        answered = FIRST_DAY + timedelta(days=draw.randrange(120), minutes=number)
        responses.append((f"r{number}", person, score, f"{answered:%Y-%m-%dT%H:%M:%SZ}", f"Word {number} of mine"))
        for _ in range(uses):
            used = answered - timedelta(days=draw.randrange(1, 85))
            usage.append(
                (person, draw.choice(FEATURES), f"{used:%Y-%m-%d}", draw.randrange(1, 9), draw.randrange(1, 60))
            )
        known.append(
            (person, f"Person {number}", f"p{number}@customer.example", role, "yes" if number % 7 == 0 else "no")
        )
    return {
        "responses": table(("response_id", "person_id", "score", "responded_at", "comment"), responses),
        "usage": table(("person_id", "feature", "at", "uses", "minutes"), usage),
        "people": table(("person_id", "name", "email", "role", "opted_out"), known),
    }


def told_by_use(people: int = 300, seed: int = 1) -> dict[str, bytes]:
    """Nine of ten who use Boards are promoters, three of ten of those who use Search; everybody else a passive."""
    draw = random.Random(seed)
    responses, usage = [], []
    for number in range(people):
        feature = draw.choice(("Boards", "Search"))
        score = 9 if draw.random() < {"Boards": 0.9, "Search": 0.3}[feature] else 7
        answered = FIRST_DAY + timedelta(days=number % 100)
        responses.append((f"p{number}", score, f"{answered:%Y-%m-%d}", f"Word {number}"))
        usage.append((f"p{number}", feature, f"{answered - timedelta(days=3):%Y-%m-%d}"))
    return {
        "responses": table(("person_id", "score", "responded_at", "comment"), responses),
        "usage": table(("person_id", "feature", "at"), usage),
    }


def answers(scores: Sequence[int], comment: str = "Fine") -> bytes:
    """Answers alone, one a day: a person each, nothing else known."""
    rows = [(f"p{n}", score, f"{FIRST_DAY + timedelta(days=n):%Y-%m-%d}", comment) for n, score in enumerate(scores)]
    return table(("person_id", "score", "responded_at", "comment"), rows)


def poison(address: str, word: str, start: str = "=1+1") -> str:
    """Text that would call the address, run something or count in a spreadsheet, wherever it is more than text.

    It ends in the word, so that headers can still be recognised.
    """
    return (
        f"{start} ![{word}]({address}/markdown/{word}.png) <img src='{address}/img/{word}' onerror='window.ran=1'>"
        f"<script src='{address}/script/{word}'></script><svg onload='window.ran=1'></svg> "
        f"[{word}](javascript:window.ran=1) {word}"
    )


def hostile(address: str, people: int = 72) -> dict[str, bytes]:
    """A product whose every header, id, name, comment, segment value, survey, feature and kind is poison.

    Segments, a few people apart, and heavy use go with the score, so that every sentence has something to say. Two
    answers are rejected.
    """

    def bad(word: str, start: str = "=1+1") -> str:
        return poison(address, word, start)

    def divided(good: int) -> tuple[str, ...]:
        """Values short enough to divide people by."""
        image, script = f"=![{good}]({address}/value{good})", f"[{good}](javascript:ran=1)<svg onload=ran=1>"
        return image, f"<img src={address}/tag{good} onerror=ran=1>", script, f"{address}/plain{good}.png"

    responses, usage, known = [], [], []
    for number in range(people):
        good, day = number % 2, f"2026-0{3 + number % 3}-{1 + number % 28:02}"
        person, score = bad(f"id{number}", "+@"[good]), (number % 4, 7 + number % 4)[good]
        said = bad(f"comment{number}", "\t="), bad(f"survey{number % 2}")
        responses.append((person, score, day, *said, *divided(good if number % 9 else 1 - good)))
        for feature in range(4):
            if (number + feature) % 4 > 1 or number % 9 == feature:
                used = bad(f"feature{feature}", "-1"), bad(f"kind{feature % 2}")
                usage.append((person, *used, f"2026-02-{1 + number % 20:02}", 1 + 9 * good))
        role = f"@![{good}]({address}/role{good})"
        known.append((person, bad(f"name{number}", "@SUM"), role, "no", bad(f"account{number % 36}")))
    responses += [(person, bad("score"), day, *said, *divided(1)), (person, 9, bad("date"), *said, *divided(1))]
    segments = (bad("mood"), bad("look"), bad("act"), "image")
    return {
        "responses": table((bad("email"), bad("nps"), bad("date"), bad("comment"), "survey", *segments), responses),
        "usage": table((bad("email"), bad("used"), "kind", bad("day"), "uses"), usage),
        "people": table((bad("email"), bad("called"), bad("role"), bad("opt out"), "account"), known),
    }
