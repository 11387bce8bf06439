"""A panel as files that are mapped into memory: there at once, and one copy for all processes of a host.

They are made of what was checked, and can be made again: what other code wrote, or is not as it was written, is none.
Files never change once they are there: whoever has mapped a file would be killed if it were cut.
"""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pandas as pd
import pyarrow as pa

from nps.chosen import passed
from nps.cube import Cube
from nps.joined.accounts import Told
from nps.joined.pairs import Pairs, Tiers
from nps.measures import fair, segments
from nps.measures.fair import Fair
from nps.notes import decoded
from nps.panel import Panel
from nps.selection import Selection
from nps.who.places import Place

NAME = "panel.json"
FRAMES = ("answers", "features", "rejected", "everybody", "just_before", "spells", "unasked", "report")
TOLD = ("answers", "people", "listed")
PLAIN = ("measure", "window_days", "has_usage", "keys")
TUPLES = {"pairs": Pairs, "tiers": Tiers, "fair": Fair, "values": segments.Counts}
ARRAYS = ("latest_positions", "person", "cluster", "churned")


def write(panel: Panel, folder: Path) -> None:
    """Put it into an empty folder, with what everybody is told first. NAME comes last: before it, there is no panel."""
    main = _main(panel)
    own = {"positions": main.positions, "users": main.placed.below} | {name: getattr(panel, name) for name in ARRAYS}
    first = {"fair": fair.of_cube(main.placed), "values": segments.Counts.of(main)}
    for name, value in ({"pairs": panel.pairs, "tiers": panel.tiers} | first).items():
        own |= _flat(name, value)
    for name, array in own.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    frames = {name: getattr(panel, name) for name in FRAMES} | {"new_since": panel.new_since.to_frame()}
    frames |= {f"told.{name}": getattr(panel.told, name) for name in TOLD}
    for name, frame in frames.items():
        if frame is not None:
            _write(frame, folder / f"{name}.arrow")
    told = {name: getattr(panel, name) for name in PLAIN} | {"segments": panel.segments}
    told |= {"main surveys": passed.main_surveys(panel)}
    told |= {"notes": [note.encoded for note in panel.notes], "read_at": panel.read_at and f"{panel.read_at}"}
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    (folder / NAME).write_text(json.dumps({"code": code(), "sizes": sizes, "told": told}), encoding="utf-8")


def read(folder: Path, who: Place | None = None) -> Panel | None:
    """The panel that `write` put there; None where there is none, or not as this code wrote it.

    who  where its usage lies
    """
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
        whole = kept["code"] == code() and all((folder / name).stat().st_size == n for name, n in kept["sizes"].items())
    except FileNotFoundError:
        return None
    return _read(folder, kept["sizes"], kept["told"], who) if whole else None


@cache
def code() -> str:
    """Tells this version of all that makes a panel from every other."""
    here, every = Path(__file__).parent, hashlib.sha256()
    for path in sorted(here.rglob("*.py")):
        every.update(path.relative_to(here).as_posix().encode() + path.read_bytes())
    return every.hexdigest()


def _read(folder: Path, names: Iterable[str], told: dict[str, Any], who: Place | None) -> Panel:
    frames = {name.removesuffix(".arrow"): _frame(folder / name) for name in names if name.endswith(".arrow")}
    arrays = {name.removesuffix(".npy"): _array(folder / name) for name in names if name.endswith(".npy")}
    pairs, tiers, first, values = (_whole(name, kind, arrays) for name, kind in TUPLES.items())
    panel = Panel(
        **{name: frames.get(name) for name in FRAMES},
        **{name: told[name] for name in PLAIN},
        latest_positions=arrays["latest_positions"],
        pairs=pairs,
        segments=tuple(told["segments"]),
        told=Told(*(frames.get(f"told.{name}") for name in TOLD)),
        notes=tuple(map(decoded, told["notes"])),
        read_at=told["read_at"] and pd.Timestamp(told["read_at"]),
        who=who,
    )
    vars(panel).update(
        **{name: arrays[name] for name in ARRAYS[1:]},
        tiers=tiers._replace(count=int(tiers.count)),
        new_since=frames["new_since"]["first"],
    )
    panel.facts["main surveys"] = told["main surveys"] and tuple(told["main surveys"])
    passed.made(panel, _everybody(panel)).update({"positions": arrays["positions"], "values": values})
    compared = first._replace(kappa=float(first.kappa), covariates=tuple(first.covariates.tolist()))
    _main(panel).placed.made.update({"below": arrays["users"], ("fair", "score"): compared})
    return panel


def _everybody(panel: Panel) -> Selection:
    return Selection(survey=passed.main_surveys(panel))


def _main(panel: Panel) -> Cube:
    """Whom everybody is told of first."""
    return panel.cube(_everybody(panel))


def _flat(name: str, value: Any) -> dict[str, np.ndarray]:
    """What a tuple is made of, tuples in it too, by a name for each."""
    if not hasattr(value, "_fields"):
        return {name: value}
    every = (_flat(f"{name}.{field}", part) for field, part in value._asdict().items())
    return {place: array for own in every for place, array in own.items()}


def _whole(name: str, kind: type, arrays: dict[str, np.ndarray]) -> Any:
    """The tuple of that kind that `_flat` took apart."""
    if not hasattr(kind, "_fields"):
        return arrays[name]
    kinds = get_type_hints(kind)
    return kind(*(_whole(f"{name}.{each}", kinds[each], arrays) for each in kind._fields))


def _write(frame: pd.DataFrame, path: Path) -> None:
    table = pa.Table.from_pandas(frame).combine_chunks()
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as rows:
        rows.write_table(table)


def _frame(path: Path) -> pd.DataFrame:
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all().to_pandas(split_blocks=True)


def _array(path: Path) -> np.ndarray:
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
