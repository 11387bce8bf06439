"""The files that people bring: a small made-up product, answers alone, a hostile product, and files of no use."""

import csv
import gzip
import io
import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

FIRST_DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROLES = ("Admin", "Designer", "Engineer", "Viewer")
FEATURES = ("Board", "Timer", "Voting", "Export", "Search", "Templates")
FIRST_ID = 9_007_199_254_740_993_000  # 19 digits: no float holds them


def _everywhere(reason: str) -> dict[str, str]:
    return {"responses": reason, "usage": reason}


WRONG = {  # name -> content, and a piece of the one sentence that each table says of it
    "image.csv": (b"\x89PNG\r\n\x1a\n" + bytes(64), _everywhere("This is an image, not a CSV file.")),
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


def saved(folder: Path, contents: dict[str, bytes]) -> dict[str, Path]:
    """Each table as a file of its own: table -> path."""
    paths = {name: folder / f"{name}.csv" for name in contents}
    for name, content in contents.items():
        paths[name].write_bytes(content)
    return paths


def product(people: int = 150, seed: int = 1) -> dict[str, bytes]:
    """Answers, use and people of a product whose heavy users are happier; every seventh person opted out."""
    draw = random.Random(seed)
    responses, usage, known = [], [], []
    for number in range(people):
        person, role = str(FIRST_ID + number), ROLES[number % len(ROLES)]
        days = min(int(draw.expovariate(0.08)), 60)
        score = min(10, max(0, round(draw.gauss(6 + days / 12 - (role == "Viewer"), 2))))
        answered = FIRST_DAY + timedelta(days=draw.randrange(120), minutes=number)
        responses.append((f"r{number}", person, score, f"{answered:%Y-%m-%dT%H:%M:%SZ}", f"Word {number} of mine"))
        for _ in range(days):
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


def answers(scores: Sequence[int], comment: str = "Fine") -> bytes:
    """Answers alone, one a day: a person each, nothing else known."""
    rows = [(f"p{n}", score, f"{FIRST_DAY + timedelta(days=n):%Y-%m-%d}", comment) for n, score in enumerate(scores)]
    return table(("person_id", "score", "responded_at", "comment"), rows)
