"""Have apt bring a program, where there is apt and the program is not there yet."""

import os
import shutil
import subprocess
from collections.abc import Callable


def install(find: Callable[[], str | None], package: str) -> str | None:
    """Find it; where there is none, have apt bring this package alone."""
    if not find() and shutil.which("apt-get"):
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", package]):
            subprocess.run([*([] if os.geteuid() == 0 else ["sudo"]), *command], check=False, stdin=subprocess.DEVNULL)
    return find()
