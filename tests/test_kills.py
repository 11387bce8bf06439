"""Whatever is stopped, whenever: what was before is there, or what should be, and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLING = Path(__file__).parent / "killing.py"
OPERATIONS = ("first keep", "keep", "refresh", "undo", "delete", "erase", "finish", "expire", "restore")


def found(operation, share, seed, folder):
    command = [sys.executable, str(KILLING), operation, str(share), str(seed), str(folder)]
    known = {**os.environ, "PYTHONPATH": str(KILLING.parents[1])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=known)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("operation", ["keep", "refresh", "erase", "restore"])
def test_a_kill_leaves_what_was_or_what_should_be(tmp_path, operation):
    """Three steps of each, other ones with each seed: `make fuzz` tries all."""
    told = found(operation, 0, 7, tmp_path)
    assert told.keys() <= {"steps", "before", "after"}, told
    assert told.get("before", 0) + told.get("after", 0) == 3


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_kill_before_any_step_leaves_what_was_or_what_should_be(tmp_path, operation):
    told = found(operation, 1, 0, tmp_path)
    assert told.keys() <= {"steps", "before", "after"}, told
    assert told.get("before", 0) + told.get("after", 0) == told["steps"]
