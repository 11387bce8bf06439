"""Find Caddy, the proxy of `deploy/`. With --install, see to it that there is one."""

import os
import shutil
import subprocess
import sys

APT = [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "caddy"]]


def find() -> str | None:
    """The path of Caddy's program."""
    return shutil.which(os.environ.get("CADDY") or "caddy")


def install() -> str | None:
    """Find Caddy; where there is none, have apt bring it."""
    if not find() and shutil.which("apt-get"):
        for command in APT:
            subprocess.run([*([] if os.geteuid() == 0 else ["sudo"]), *command], check=False, stdin=subprocess.DEVNULL)
    return find()


if __name__ == "__main__":
    found = install() if "--install" in sys.argv else find()
    print(f"Caddy: {found}" if found else "No Caddy found. Install it, or name yours in CADDY.")
    sys.exit(0 if found else 1)
