"""The river flows one way: what each part of the project may import and use."""

import ast
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest

from pages.session import keys

ROOT = Path(__file__).parents[1]
RIVER = (
    *("notes", "sources", "engines", "fields", "literals", "exports", "columns", "keys", "tables", "quality"),
    *("spells", "rollups", "packed", "numbered", "runs", "weekly", "daily", "steps", "banding", "counting", "intake"),
    *("accounts", "comments", "who", "joined"),
    *("selection", "cube", "measures", "chosen", "panel", "shelf", "wording", "report", "lens", "charts"),
)


class Contract(NamedTuple):
    """What the files of one package may import and name, and how long they may be."""

    ours: set[str]  # modules of this project, with all below these
    others: set[str]  # packages of others
    lines: int
    unsaid: set[str] = frozenset()  # names of attributes, arguments and imports


MARKUP = {"html", "iframe", "components", "unsafe_allow_html", "unsafe_allow_javascript"}  # customer text would run
HELD = {"session_state", "DATASET", "REGION", "LIKE_PROMOTERS"}  # what one folder alone may write
READING = {"ibis", "duckdb", "sqlglot", "psycopg", "pyspark", "certifi", "sqlite_utils", "charset_normalizer", "polib"}
FRAMES = {"pandas", "numpy", "pyarrow"}
SIGNING_IN = {"authlib", "httpx", "joserfc"}  # for OpenID Connect alone
CONTRACTS = {
    "app.py": Contract({"web", "pages.session.starting"}, {"streamlit", "starlette"}, 60),
    "pages": Contract({"pages.parts", "pages.session", "nps"}, {"streamlit"}, 60, MARKUP | HELD),
    "pages/parts": Contract(
        {"pages.parts", "pages.session", "workspace.store.readings", "workspace.privacy.figures", "nps"},
        {"streamlit", "pandas"},
        120,
        MARKUP | HELD,
    ),
    "pages/session": Contract({"pages.session", "web", "workspace", "nps"}, {"streamlit", "pandas"}, 150, MARKUP),
    "pages/session/keys.py": Contract({"pages.session", "web", "workspace", "nps"}, {"streamlit", "pandas"}, 200),
    "web": Contract(
        {"web", "workspace.access", "workspace.store.database", "workspace.store.mounts", "nps"},
        {"streamlit", "starlette", "anyio", "google", "pyarrow", *SIGNING_IN},
        250,
    ),
    "workspace": Contract({"workspace", "nps"}, {"sqlite_utils", "pandas", "numpy", "duckdb"}, 250),
    "nps": Contract({"nps"}, FRAMES | READING | {"python_calamine"}, 250),
    "nps/comments": Contract({"nps"}, {*FRAMES, "rapidfuzz", "py3langid", "stopwordsiso"}, 250),
    "nps/charts": Contract({"nps"}, FRAMES | {"altair", "vl_convert"}, 250),
    "sample_data": Contract({"nps", "sample_data"}, FRAMES, 320),
}
INSIDES = ("streamlit.runtime", "streamlit.web", "streamlit.proto", "streamlit.net_util", "starlette")
ROOTS = ("pages", "web", "workspace", "nps", "sample_data")
OURS = [ROOT / "app.py", *(path for root in ROOTS for path in sorted((ROOT / root).rglob("*.py")))]
CORE = [path for path in OURS if path.is_relative_to(ROOT / "nps")]
STAGES = [path for path in CORE if path.parent != ROOT / "nps" or not path.name.startswith("__")]

CHECKS = [*(ROOT / "tests").glob("*.py"), *(ROOT / "benchmarks").glob("*.py")]
HERE = {path.stem for path in (*ROOT.iterdir(), *CHECKS)}
RUNNING = ("requirements.txt", "requirements-engines.txt", "requirements-login.txt", "requirements-proposals.txt")
TESTING = ("requirements-dev.txt", "requirements-test-engines.txt", "requirements-bench.txt")


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """Full names of what a file imports: `from nps import cube` is nps.cube."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def libraries(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


def used(path: Path) -> set[str]:
    """Attributes and keyword arguments that a file names, as `html` in `st.html(...)`."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)} | {
        node.arg for node in nodes if isinstance(node, ast.keyword) and node.arg
    }


def stage(name: str) -> int:
    """The place in the river of `nps.<stage>...`."""
    return RIVER.index(name.split(".")[1])


def package(path: Path) -> str:
    """The row of `CONTRACTS` that a file falls under: its own, or that of the nearest folder."""
    name = relative(path)
    return max((row for row in CONTRACTS if name == row or name.startswith(f"{row}/")), key=len)


def test_every_contract_has_files_and_every_stage_its_place():
    assert {package(path) for path in OURS} == {*CONTRACTS}
    assert {relative(path).split("/")[1].removesuffix(".py") for path in STAGES} == {*RIVER}


def test_the_documentation_names_every_stage_in_its_order():
    told = re.findall(r"^\| `nps/(\w+)(?:/|\.py)` \|", (ROOT / "docs/architecture.md").read_text("utf-8"), re.MULTILINE)
    assert told == [*RIVER]


def offenders(paths: Iterable[Path], wrong: Callable[[Path], set]) -> dict[str, set]:
    """What is wrong with which file."""
    return {relative(path): found for path in paths if (found := wrong(path))}


def test_a_stage_imports_only_from_stages_above_it():
    def below(path: Path) -> set[str]:
        own = stage(relative(path).removesuffix(".py").replace("/", "."))
        return {name for name in imported(path) if name == "nps" or (name.startswith("nps.") and stage(name) > own)}

    assert offenders(STAGES, below) == {}


def test_no_modules_import_each_other_in_a_circle():
    """Nor for their types alone, nor inside a function."""
    modules = {relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in OURS}

    def module_of(name: str) -> str | None:
        return next((name[:end] for end in (len(name), name.rfind(".")) if name[:end] in modules), None)

    graph = {name: {module_of(each) for each in imported(path)} - {None} for name, path in modules.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(modules)  # raises CycleError, which names them


def test_every_file_keeps_the_contract_of_its_package():
    """Also: `from pages.session import data`, as another name would be another module, with caches of its own."""

    def broken(path: Path) -> set[str]:
        contract, names = CONTRACTS[package(path)], imported(path)
        ours = {name for name in names if name.partition(".")[0] in ("app", *ROOTS)}
        foreign = {name.partition(".")[0] for name in names - ours} - sys.stdlib_module_names
        lines = len(path.read_text(encoding="utf-8").splitlines())
        return (
            {name for name in ours if not any(f"{name}.".startswith(f"{allowed}.") for allowed in contract.ours)}
            | (foreign - contract.others)
            | ((used(path) | {name.rpartition(".")[2] for name in names}) & contract.unsaid)
            | ({f"{lines} lines"} if lines > contract.lines else set())
        )

    assert offenders(OURS, broken) == {}


def test_only_the_web_leans_on_the_insides_of_streamlit():
    """Where one moves, one folder breaks, and `test_streamlit_contract` says which."""

    def leans(path: Path) -> set[str]:
        return {name for name in imported(path) if name.startswith(INSIDES)}

    web = [path for path in OURS if package(path) == "web"]
    assert offenders([path for path in OURS if package(path) not in ("web", "app.py")], leans) == {}
    assert all(leans(path) for path in web if path.name in ("guard.py", "sockets.py", "owners.py", "uploads.py"))


def test_what_a_session_holds_is_written_in_one_place():
    """Streamlit's own mapping of names to values is behind `keys`, so nothing can be put past it."""
    names = [relative(path) for path in OURS if "session_state" in used(path) and package(path) != "web"]
    assert names == ["pages/session/keys.py"]


def test_keys_of_a_session_are_made_in_one_place():
    """Another key of the same name would write past `region` and `data`; so does a widget's name, which is refused."""

    def makes(path: Path) -> set[int]:
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        return {call.lineno for call in calls for name in ("attr", "id") if getattr(call.func, name, "") == "Key"}

    pages = [path for path in OURS if package(path).startswith("pages")]
    assert [*offenders(pages, makes)] == ["pages/session/keys.py"]


@pytest.mark.parametrize("name", ["region", "dataset", "like_promoters"])
def test_no_widget_has_the_name_of_what_the_session_alone_writes(name):
    with pytest.raises(KeyError):
        keys.of_widget(name)


def test_nothing_is_pickled():
    pickles = {"pickle", "joblib", "shelve", "dill", "cloudpickle"}
    calls = {"to_pickle", "read_pickle", "persist"}
    assert offenders(OURS, lambda path: libraries(path) & pickles | used(path) & calls) == {}


def test_every_package_that_the_code_imports_is_named_in_the_requirements():
    """What is there only because something else needs it may go with that."""
    packages = packages_distributions()

    def unnamed(path: Path) -> set[str]:
        foreign = libraries(path) - HERE - sys.stdlib_module_names
        known = named_in(*RUNNING, *TESTING) if path in CHECKS else named_in(*RUNNING)
        return {
            library
            for library in foreign
            if known.isdisjoint(map(str.casefold, packages.get(library, [library.replace("_", "-")])))
        }

    assert offenders([*OURS, *CHECKS], unnamed) == {}


@cache
def named_in(*names: str) -> set[str]:
    """Packages that these requirements name, those for some databases only in comments."""
    lines = [line for name in names for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    return {match[1].casefold() for line in lines if (match := re.match(r"(?:# )?([\w-]+)(?:\[.*])?[=>]=", line))}


VOCABULARY = (  # what people may write and what columns are called, not what we say
    *("nps/fields/headers", "nps/exports/headers.py", "nps/exports/added.py", "nps/engines/allowed.py"),
    *("nps/literals", "web/headers.py", "nps/wording/sentences", "workspace/store/migrations.py"),
)
SPOKEN = {"_", "several", "note", "Note", "Layout"}
NO_PROSE = re.compile(r"[a-z]_[a-z]|[|\\]|= \?|SELECT .+ FROM |\w \{ [a-z-]+: ")  # columns, patterns, SQL, styles
WORD = re.compile(r"(?:^|(?<=[\s(“]))(?=\S*[a-z])[A-Za-z’']{2,}(?=[\s,;:!?)”]|\.(?:\s|$)|$)")
OF_OTHERS = {  # what servers and browsers say to each other, and a name in the sample
    "Uncaught app execution",
    "ASGI callable returned without completing handshake.",
    "public, immutable, max-age=31536000",
    "Release: Facilitation mode",
    "openid email profile",
}
LOGGING = {"exception", "warning", "info"}


def test_sentences_stand_where_they_are_translated():
    """Three words and more are prose: in `nps/wording/sentences/`, or in English within `_()` or `several()`."""

    def untold(path: Path) -> set[str]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        fine = {id(node) for call in ast.walk(tree) if _speaks(call) for node in ast.walk(call)}
        fine |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        fine |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        return {
            text[:60]
            for node in ast.walk(tree)
            if id(node) not in fine and (text := _text(node)) not in OF_OTHERS and _is_prose(text)
        }

    moved = [path for path in OURS if not relative(path).startswith(("sample_data", *VOCABULARY))]
    assert offenders(moved, untold) == {}


def _speaks(node: ast.AST) -> bool:
    """Whether a call translates its text, makes a note, or writes to the log, which is for whoever runs the server."""
    called = getattr(node, "func", None)
    log = getattr(called, "value", None)
    logs = getattr(called, "attr", "") in LOGGING and "LOG" in (getattr(log, "id", ""), getattr(log, "attr", ""))
    return logs or getattr(called, "id", "") in SPOKEN


def _is_prose(text: str) -> bool:
    return len(WORD.findall(text)) >= 3 and not NO_PROSE.search(text)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_options_are_spoken_once_a_page():
    """Streamlit asks what an option is called after a page, too, where no language is spoken: so it asks a table."""

    def asks(path: Path) -> set[int]:
        keywords = (
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.keyword)
        )
        given = [node for node in keywords if node.arg == "format_func"]
        return {node.lineno for node in given if getattr(node.value, "attr", "") not in ("get", "__getitem__")}

    assert offenders([path for path in OURS if relative(path).startswith("pages/")], asks) == {}
