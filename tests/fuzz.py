"""Search for what no test has met: run the property tests with new seeds, round after round, for so many minutes."""

import secrets
import subprocess
import sys
import time

PYTEST = [sys.executable, "-m", "pytest", "--hypothesis-profile=fuzz", "--timeout=900"]
ALL = ["-n", "logical", "--dist", "worksteal", "-q", "-m", "hypothesis and not slow and not engines and not browser"]


def again(seed: int) -> str:
    """The command that meets the same again."""
    return f"{' '.join(PYTEST)} --hypothesis-seed={seed} -k NAME_OF_THE_TEST"


def main(minutes: float) -> int:
    """0 when nothing was found; no round begins when the time is over."""
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
