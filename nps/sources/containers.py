"""Containers: what a file is by its first bytes, and the files inside gz and zip, never unpacked past a limit."""

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from nps.notes import NotATable, NothingLeft, TooLarge, note
from nps.sources.budget import check_free
from nps.sources.source import Named

BLOCK = 1024**2
MAX_EXPANDED_BYTES = 8 * 1024**3
MAX_FILES = 1_000
MAX_TABLES = 400  # a year of daily exports; each is opened, recognised and sorted on its own
# A table is seldom packed to less than a fiftieth; what unpacks to 100 times its size is made to do harm.
MAX_RATIO = 100
RATIO_COUNTS_FROM = 32 * 1024**2

FORMATS = {
    b"\x1f\x8b": "gz",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "workbook",
    b"PAR1": "parquet",
    b"SQLite format 3\x00": "sqlite",
}
FOREIGN = {
    b"\x89PNG": "format.image",
    b"\xff\xd8\xff": "format.image",
    b"GIF8": "format.image",
    b"%PDF": "format.pdf",
    b"{\\rtf": "format.document",
    b"MZ": "format.program",
    b"\x7fELF": "format.program",
    b"7z\xbc\xaf\x27\x1c": "format.7z",
    b"Rar!": "format.rar",
    b"BZh": "format.bz2",
    b"\xfd7zXZ": "format.xz",
    b"\x28\xb5\x2f\xfd": "format.zstd",
    b"ORC": "format.orc",
    b"Obj\x01": "format.avro",
    b"ARROW1": "format.arrow",
}
ARCHIVES = ("gz", "zip")
_WEB_PAGE = re.compile(rb"^(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|table|\?xml|script|!--)", re.IGNORECASE)
_JSON = re.compile(rb'^(\xef\xbb\xbf)?\s*((\[\s*)?\{\s*("|\}\s*[,\]\n])|\[\s*\[)')


class Part(NamedTuple):
    """A file that is no archive: its path, its format, and what people call it."""

    path: Path
    format: str
    name: str


def parts(file: Named, scratch: Path) -> list[Part]:
    """The file itself, or what a gz or zip holds, unpacked into `scratch`. Raises InputError for what is no table."""
    kind = format_of(file.path)
    if kind not in ARCHIVES:
        return [Part(file.path, kind, file.name)]
    unpacked = list(_from_gz(file, scratch) if kind == "gz" else _from_zip(file.path, scratch))
    members = [Part(copy, format_of(copy), name) for copy, name in unpacked]
    if any(part.format in ARCHIVES for part in members):
        raise NotATable("archive.nested")
    return members


def format_of(path: Path) -> str:
    """gz, zip, workbook, parquet, sqlite, duckdb, json or text. Raises InputError for what holds no table."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head[8:12] == b"DUCK":
        return "duckdb"
    if re.match(b"SAS FILE|.{84}SAS FILE", head, re.DOTALL) or head.startswith((b"$FL2", b"<stata_dta>")):
        raise NotATable("file.of_statistics")
    for magic, kind in FOREIGN.items():
        if head.startswith(magic):
            raise NotATable("file.foreign", format=note(kind))
    if head[257:262] == b"ustar":
        raise NotATable("file.tar")
    if _WEB_PAGE.match(head):
        raise NotATable("file.web_page")
    kind = next((kind for magic, kind in FORMATS.items() if head.startswith(magic)), None)
    if kind == "zip":
        return "workbook" if _is_workbook(path) else "zip"
    return kind or ("json" if _JSON.match(head) else "text")


def _is_workbook(path: Path) -> bool:
    with _opened_zip(path) as archive:
        names = set(archive.namelist())
    return bool(names & {"[Content_Types].xml", "mimetype", "xl/workbook.xml", "xl/workbook.bin"})


def _opened_zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as broken:
        raise NotATable("archive.damaged") from broken


def check_expanded(path: Path, limit: int | None = None) -> None:
    """Refuse a zip or workbook whose table of contents says that it grows too large. Reads that table only."""
    with _opened_zip(path) as archive:
        inside = archive.infolist()
    if any(info.flag_bits & 1 for info in inside):
        raise NotATable("archive.locked")
    if len(inside) > MAX_FILES:
        raise TooLarge("archive.too_many", files=len(inside), most=MAX_FILES)
    check_growth(sum(info.file_size for info in inside), path.stat().st_size, limit)


def check_growth(expanded: int, packed: int, limit: int | None = None) -> None:
    """Refuse what unpacks to more bytes than the limit, or to 100 times its size."""
    if expanded > (limit or MAX_EXPANDED_BYTES) or (expanded > RATIO_COUNTS_FROM and expanded > MAX_RATIO * packed):
        raise TooLarge("archive.too_large")


def _from_gz(file: Named, scratch: Path) -> Iterator[tuple[Path, str]]:
    copy = scratch / "unpacked"
    with gzip.open(file) as source:
        _copied(source, copy, file.path.stat().st_size)
    yield copy, file.name.removesuffix(".gz")


def _from_zip(path: Path, scratch: Path) -> Iterator[tuple[Path, str]]:
    check_expanded(path)
    with _opened_zip(path) as archive:
        inside = sorted((info for info in archive.infolist() if _is_file(info)), key=lambda info: info.filename)
        if not inside:
            raise NothingLeft("archive.empty")
        if len(inside) > MAX_TABLES:
            raise TooLarge("archive.too_many", files=len(inside), most=MAX_TABLES)
        for number, info in enumerate(inside):
            copy = scratch / f"{number}.unpacked"
            with member(archive, info) as source:
                _copied(source, copy, path.stat().st_size)
            yield copy, PurePosixPath(info.filename).name


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    """A file inside a zip, opened. Raises InputError when it cannot be."""
    try:
        return archive.open(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as broken:
        raise NotATable("archive.odd") from broken


def _is_file(info: zipfile.ZipInfo) -> bool:
    """Neither a folder nor what macOS and Windows add by themselves."""
    name = PurePosixPath(info.filename)
    added = name.name.startswith(".") or name.name.casefold() in ("thumbs.db", "desktop.ini")
    return not info.is_dir() and not added and "__MACOSX" not in name.parts


def _copied(source: BinaryIO, copy: Path, packed: int) -> None:
    written = 0
    try:
        with copy.open("wb") as target:
            while block := source.read(BLOCK):
                written += target.write(block)
                check_growth(written, packed)
                check_free(copy)
    except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error) as broken:
        raise NotATable("archive.cut_off") from broken
