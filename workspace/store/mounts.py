"""Which file system a folder lies on: on those of a network, SQLite's write-ahead log loses what is written."""

from pathlib import Path

from nps.notes import Refused

TABLE = Path("/proc/self/mountinfo")
UNFIT = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "fuse.sshfs"}


def refuse_network(folder: Path, table: Path = TABLE) -> None:
    """Raises Refused for a folder that lies on one of those; where there is no table of mounts nobody can tell."""
    if table.exists() and (kind := _kind(folder.resolve(), table.read_text(encoding="utf-8"))) in UNFIT:
        raise Refused("workspace.on_network", path=str(folder), kind=kind)


def _kind(folder: Path, table: str) -> str:
    """The kind of file system at the longest mount point above a folder; of two at one, the later lies on top."""
    mounted = {}
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
        mounted[Path(point)] = after.split(" ")[0]
    return next((mounted[each] for each in (folder, *folder.parents) if each in mounted), "")
