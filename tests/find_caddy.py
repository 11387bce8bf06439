"""Find Caddy, the proxy of `deploy/`. With --install, see to it that there is one."""

import os
import shutil
import sys

import by_apt

PACKAGE = "caddy"


def find() -> str | None:
    """The path of Caddy's program."""
    return shutil.which(os.environ.get("CADDY") or "caddy")


if __name__ == "__main__":
    found = by_apt.install(find, PACKAGE) if "--install" in sys.argv else find()
    print(f"Caddy: {found}" if found else "No Caddy found. Install it, or name yours in CADDY.")
    sys.exit(0 if found else 1)
