"""The river flows one way: what each part of the project may import and use."""

import ast
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
RIVER = (
    *("sources", "engines", "fields", "literals", "exports", "columns", "keys", "tables", "quality"),
    *("spells", "rollups", "banding", "counting", "intake", "accounts", "joined"),
    *("selection", "cube", "measures", "chosen", "panel", "lens", "charts", "workspace"),
)
CORE = sorted((ROOT / "nps").rglob("*.py"))
STAGES = [path for path in CORE if path.parent != ROOT / "nps" or not path.name.startswith("__")]
PAGES = sorted((ROOT / "pages").glob("*.py"))
WEB = sorted((ROOT / "web").glob("*.py"))
OURS = [ROOT / "app.py", *CORE, *WEB, *(ROOT / "pages").rglob("*.py"), *(ROOT / "sample_data").glob("*.py")]

CHECKS = [*(ROOT / "tests").glob("*.py"), *(ROOT / "benchmarks").glob("*.py")]
HERE = {path.stem for path in (*ROOT.iterdir(), *CHECKS)}
RUNNING = ("requirements.txt", "requirements-engines.txt")
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


def test_the_parts_are_where_the_tests_look():
    assert {"sources", "panel", "measures", "charts"} <= {
        relative(path).split("/")[1].removesuffix(".py") for path in STAGES
    }
    assert {"dashboard.py", "overview.py", "usage_map.py"} <= {path.name for path in PAGES}


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


def test_the_core_knows_no_page():
    assert offenders(CORE, lambda path: libraries(path) & {"streamlit", "pages", "web", "app"}) == {}


def test_only_the_web_leans_on_the_insides_of_streamlit():
    """Where one moves, one folder breaks, and `test_streamlit_contract` says which."""
    insides = ("streamlit.runtime", "streamlit.web", "streamlit.proto", "starlette")

    def leans(path: Path) -> set[str]:
        return {name for name in imported(path) if name.startswith(insides)}

    assert offenders([*CORE, *(ROOT / "pages").rglob("*.py")], leans) == {}
    assert offenders(WEB, lambda path: libraries(path) & {"pages", "app"}) == {}
    assert all(leans(path) for path in WEB if path.name in ("guard.py", "owners.py", "uploads.py"))


def test_a_page_loads_narrows_measures_and_shows():
    """Also: `from pages.session import data`, as another name would be another module, with caches of its own."""
    elsewhere = {"altair", "duckdb", "ibis", "numpy", "parts", "session"}
    unsafe = {"unsafe_allow_html", "unsafe_allow_javascript", "html", "components"}
    assert offenders(PAGES, lambda path: libraries(path) & elsewhere | used(path) & unsafe) == {}
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PAGES}
    assert {name: lines for name, lines in lengths.items() if lines > 60} == {}


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
        return {library for library in foreign if known.isdisjoint(packages.get(library, [library.replace("_", "-")]))}

    assert offenders([*OURS, *CHECKS], unnamed) == {}


@cache
def named_in(*names: str) -> set[str]:
    """Packages that these requirements name, those for some databases only in comments."""
    lines = [line for name in names for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    return {match[1] for line in lines if (match := re.match(r"(?:# )?([\w-]+)(?:\[.*])?[=>]=", line))}
