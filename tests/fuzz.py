"""Search for what no test has met: ten thousand mutated files, a kill at every step of what is kept, then the property
tests, with new seeds each time.

The files and the kills come first, however long they take; the rounds of the other tests go on for so many minutes.
"""

import os
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

FILES, AT_ONCE = 10_000, 500

PYTEST = [sys.executable, "-m", "pytest", "--hypothesis-profile=fuzz", "--timeout=900"]
KEPT = ["-n", "0", "-q", "-m", "slow", "--timeout=3600", "tests/test_kills.py", "tests/test_crowded.py"]
MUTATED = ["-n", "0", "-q", "-m", "slow", "-o", "faulthandler_timeout=0", "tests/test_conservation.py"]
ALL = ["-n", "logical", "--dist", "worksteal", "-q", "-m", "hypothesis and not slow and not engines and not browser"]


def again(seed: int) -> str:
    """The command that meets the same again."""
    return f"{' '.join(PYTEST)} --hypothesis-seed={seed} -k NAME_OF_THE_TEST"


def mutated(seed: int) -> tuple[int, int]:
    """A seed, and 0 when every one of its mutated files was refused or accounted for."""
    known = {**os.environ, "MUTATED_FILES": str(AT_ONCE)}
    return seed, subprocess.run([*PYTEST, f"--hypothesis-seed={seed}", *MUTATED], check=False, env=known).returncode


def main(minutes: float) -> int:
    """0 when nothing was found; no round begins when the time is over."""
    seeds = [secrets.randbelow(2**32) for _ in range(FILES // AT_ONCE)]
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for seed, code in workers.map(mutated, seeds):
            if code:
                print(f"Found. The same again: {' '.join([*PYTEST, f'--hypothesis-seed={seed}', *MUTATED])}")
                workers.shutdown(cancel_futures=True)
                return code
    print(f"{FILES:,} mutated files were refused or accounted for.", flush=True)
    if code := subprocess.run([*PYTEST, *KEPT], check=False).returncode:
        return code
    print("Whatever is kept was killed at every step, and crowded, and is whole.", flush=True)
    end, rounds = time.monotonic() + 60 * minutes, 0
    while not rounds or time.monotonic() < end:
        seed, rounds = secrets.randbelow(2**32), rounds + 1
        print(f"Round {rounds}, seed {seed}", flush=True)
        if code := subprocess.run([*PYTEST, f"--hypothesis-seed={seed}", *ALL], check=False).returncode:
            print(f"Found with seed {seed}. The same again: {again(seed)}")
            return code
    print(f"Nothing found in {rounds} rounds.")
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
