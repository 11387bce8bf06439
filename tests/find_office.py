"""Find LibreOffice, in which exports are opened. With --install, see to it that there is one."""

import os
import shutil
import sys

import by_apt

PACKAGE = "libreoffice-calc-nogui"
NAMES = ("soffice", "libreoffice")


def find() -> str | None:
    """The path of LibreOffice's program."""
    return next(
        (path for name in (os.environ.get("SOFFICE", ""), *NAMES) if name and (path := shutil.which(name))), None
    )


if __name__ == "__main__":
    found = by_apt.install(find, PACKAGE) if "--install" in sys.argv else find()
    print(f"LibreOffice: {found}" if found else "No LibreOffice found. Install it, or name yours in SOFFICE.")
    sys.exit(0 if found else 1)
