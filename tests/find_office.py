"""Find LibreOffice, in which exports are opened. With --install, see to it that there is one."""

import os
import shutil
import subprocess
import sys

NAMES = ("soffice", "libreoffice")
APT = [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "libreoffice-calc-nogui"]]


def find() -> str | None:
    """The path of LibreOffice's program."""
    return next(
        (path for name in (os.environ.get("SOFFICE", ""), *NAMES) if name and (path := shutil.which(name))), None
    )


def install() -> str | None:
    """Find LibreOffice; where there is none, have apt bring its spreadsheet alone."""
    if not find() and shutil.which("apt-get"):
        for command in APT:
            subprocess.run([*([] if os.geteuid() == 0 else ["sudo"]), *command], check=False, stdin=subprocess.DEVNULL)
    return find()


if __name__ == "__main__":
    found = install() if "--install" in sys.argv else find()
    print(f"LibreOffice: {found}" if found else "No LibreOffice found. Install it, or name yours in SOFFICE.")
    sys.exit(0 if found else 1)
