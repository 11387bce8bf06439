"""Containers and encodings: whatever the bytes are, a plain UTF-8 text file on disk."""

import gzip
import shutil
import zlib
from pathlib import Path

from nps.sources.source import InputError

BLOCK = 1024**2
MAX_EXPANDED_BYTES = 8 * 1024**3
FOREIGN = {
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "an Excel or zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database",
}


def plain(path: Path, copy: Path) -> tuple[Path, str]:
    """The file itself when it is plain UTF-8 with one kind of line end, else a copy that is; and its encoding."""
    with path.open("rb") as stream:
        head = stream.read(16)
    for magic, kind in FOREIGN.items():
        if head.startswith(magic):
            raise InputError(f"This is {kind}, not a CSV file. Save the table as CSV and try again.")
    if head.startswith(b"\x1f\x8b"):
        path = _unzipped(path, copy.with_suffix(".unzipped"))
    encoding, line_ends = _encoding(path)
    if encoding == "utf-8" and line_ends in (None, "\n", "\r\n"):
        return path, encoding
    with path.open(encoding=encoding, errors="replace") as source, copy.open("w", encoding="utf-8") as target:
        shutil.copyfileobj(source, target, BLOCK)
    return copy, encoding


def _unzipped(path: Path, copy: Path) -> Path:
    written = 0
    try:
        with gzip.open(path) as source, copy.open("wb") as target:
            while block := source.read(BLOCK):
                written += target.write(block)
                if written > MAX_EXPANDED_BYTES:
                    raise InputError("The compressed file is too large once unpacked. Split it and try again.")
    except (EOFError, gzip.BadGzipFile, zlib.error) as broken:
        raise InputError("The compressed file is cut off or damaged. Download or export it again.") from broken
    return copy


def _encoding(path: Path) -> tuple[str, str | tuple[str, ...] | None]:
    """The encoding, and the line ends seen in UTF-8.

    UTF-8 when every byte agrees; UTF-16 by its mark; else Windows-1252, the usual encoding of old Excel.
    """
    with path.open("rb") as stream:
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16", None
    try:
        with path.open(encoding="utf-8") as stream:
            while stream.read(BLOCK):
                pass
            return "utf-8", stream.newlines
    except UnicodeDecodeError:
        return "cp1252", None
