"""What the README shows is so: its Python and its commands are run, and what stands behind them is compared."""

import doctest
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from nps import __main__ as command_line
from nps.engines import ENGINES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[list[str]]:
    return [block.splitlines() for block in re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)]


def as_said(said: str, got: str) -> bool:
    return doctest.OutputChecker().check_output(f"{said}\n", f"{got}\n", doctest.ELLIPSIS)


@pytest.fixture
def in_the_sample(monkeypatch):
    monkeypatch.chdir(ROOT / "sample_data")


def test_its_python_runs_and_shows_what_it_says(in_the_sample):
    (lines,) = blocks("python")
    names, compared = {}, 0
    for line in filter(None, lines):
        code, _, said = line.partition("  # ")
        if not said:
            exec(code, names)
            continue
        got = repr(eval(code, names))  # noqa: S307 - our own README
        assert as_said(said, got), got
        compared += 1
    assert compared == 4


def test_its_commands_run_and_print_what_it_says(in_the_sample, capsys):
    commands = [line for block in blocks("sh") for line in block if line.startswith("nps-lens")]
    assert [line.split()[1] for line in commands] == ["score", "reasons", "accounts", "check", "serve"]
    for line in commands[:4]:
        command, _, said = line.partition("  # ")
        assert command_line.main(shlex.split(command)[1:]) == 0
        assert capsys.readouterr().out.splitlines()[0] == said


def test_what_it_makes_can_be_made():
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {name for block in blocks("sh") for line in block for name in re.findall(r"\bmake ([\w-]+)", line)}
    assert named
    assert named - {*targets} == set()


def test_its_connection_is_one():
    (lines,) = blocks("toml")
    (connection,) = tomllib.loads("\n".join(lines))["connections"].values()
    assert connection["dialect"] in ENGINES


def test_every_file_that_it_links_to_is_there():
    linked = re.findall(r"\]\(([^)#:]+)\)", README)
    assert linked
    assert [link for link in linked if not (ROOT / link).exists()] == []
