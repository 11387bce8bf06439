"""The river flows one way: what each part of the project may import and use."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RIVER = (
    *("sources", "fields", "exports", "literals", "columns", "keys", "tables", "rollups", "banding", "panel"),
    *("selection", "cube", "measures", "chosen", "lens", "charts", "workspace"),
)
CORE = sorted((ROOT / "nps").rglob("*.py"))
STAGES = [path for path in CORE if path.parent != ROOT / "nps" or not path.name.startswith("__")]
PAGES = sorted((ROOT / "pages").glob("[!_]*.py"))
OURS = [ROOT / "app.py", *CORE, *(ROOT / "pages").glob("*.py"), *(ROOT / "sample_data").glob("*.py")]


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


@pytest.mark.parametrize("path", STAGES, ids=relative)
def test_a_stage_imports_only_from_stages_above_it(path):
    own = stage(relative(path).removesuffix(".py").replace("/", "."))
    others = {name for name in imported(path) if name.startswith("nps.")}
    assert {name for name in others if stage(name) > own} == set()


@pytest.mark.parametrize("path", CORE, ids=relative)
def test_the_core_knows_no_page(path):
    assert libraries(path).isdisjoint({"streamlit", "pages", "app"})


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_a_page_loads_narrows_measures_and_shows(path):
    assert libraries(path).isdisjoint({"altair", "duckdb", "ibis", "numpy"})
    assert "_shared" not in libraries(path), (
        "from pages import _shared: another name is another module, with caches of its own"
    )
    assert used(path).isdisjoint({"unsafe_allow_html", "unsafe_allow_javascript", "html", "components"})
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("path", OURS, ids=relative)
def test_nothing_is_pickled(path):
    assert libraries(path).isdisjoint({"pickle", "joblib", "shelve", "dill", "cloudpickle"})
    assert used(path).isdisjoint({"to_pickle", "read_pickle", "persist"})
