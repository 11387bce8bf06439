"""The project as a package: what it brings, what it needs, and that it works where nothing of the checkout is."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from conftest import TROUBLE, serve, status, wait_until

from nps import __main__ as command_line

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_it_needs_what_the_requirements_name():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert PROJECT["dependencies"] == [line for line in lines if line and not line.startswith(("#", "-c"))]


def test_serve_becomes_the_server_of_the_app_with_its_options(monkeypatch):
    became = []
    monkeypatch.setattr(os, "execv", lambda program, arguments: became.extend([program, *arguments]))
    command_line.main(["serve", "--server.port", "8600", "--server.headless=true"])
    options = ["--server.port", "8600", "--server.headless=true"]
    assert became == [sys.executable, sys.executable, "-P", "-m", "streamlit", "run", str(ROOT / "app.py"), *options]


def test_other_commands_take_no_options_of_others(capsys):
    with pytest.raises(SystemExit):
        command_line.main(["check", "answers.csv", "--server.port", "8600"])
    assert "unrecognized arguments: --server.port" in capsys.readouterr().err


def test_the_wheel_holds_the_library_and_the_app_inside_it(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"nps"}
    app = ("app.py", "pages/dashboard.py", "web/guard.py", "sample_data/usage.csv", ".streamlit/config.toml")
    assert {"nps/py.typed", "nps/__main__.py", *(f"nps/_app/{name}" for name in app)} <= names
    assert not any(re.search(r"secrets|__pycache__|\.db", name) for name in names)
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert folders & {"web", "workspace"} <= {name.split("/")[2] for name in names if name.startswith("nps/_app/")}


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The programs of a new environment with nothing in it but the project."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    install = [programs / "python", "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", ROOT]
    subprocess.run(install, check=True, cwd=folder)
    return programs


@pytest.mark.package
@pytest.mark.timeout(900)
def test_the_installed_command_counts_what_the_checkout_counts(installed, tmp_path):
    score = [installed / "nps-lens", "score", ROOT / "sample_data" / "responses.csv"]
    counted = subprocess.run(score, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert counted.startswith("NPS +20.6, 95% interval +16.1 to +25.0\n")


@pytest.mark.package
@pytest.mark.timeout(900)
def test_the_installed_app_becomes_healthy_in_any_folder(installed, tmp_path):
    """Also where files have the names of our modules."""
    for name in ("pages", "web", "workspace", "nps", "streamlit"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('somebody else')", encoding="utf-8")
    log = tmp_path / "log"
    with serve(tmp_path, log, (installed / "nps-lens", "serve")) as address:
        wait_until(lambda: status(f"{address}/health") == 200, "the app is warm", seconds=180)
    assert not TROUBLE.search(log.read_text()), log.read_text()
