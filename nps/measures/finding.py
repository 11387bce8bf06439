"""What a finding is about, whatever its figures: whoever kept it finds it again when they are others."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

OF_USE = ("feature", "activity", "hotspot")
HOTSPOT = "hotspot"


class About(NamedTuple):
    """A finding without its figures; two that are about the same are equal.

    kind, what, value  as `findings.Look` has them
    spot               of what a hotspot is made of, which; else ""
    measure            of activity, where the finding is about use; else ""
    filters            under which it was found, as `Selection.to_query` tells them
    """

    kind: str
    what: str
    value: str
    spot: str
    measure: str
    filters: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, found, measure: str, filters: Mapping[str, Sequence[str]]) -> "About":
        """Of a row of the findings. Since when something changed does not tell changes apart: that goes on."""
        spot = str(found.context) if found.kind == HOTSPOT else ""
        return cls(*(found.kind, found.what, found.value, spot, measure if found.kind in OF_USE else "", filters))

    @property
    def encoded(self) -> str:
        """One line that `decoded` reads."""
        return json.dumps(self, ensure_ascii=False, sort_keys=True)

    @classmethod
    def decoded(cls, line: str) -> "About | None":
        """What was encoded; None for what is written otherwise, as it was before findings had one."""
        return cls(*json.loads(line)) if line.startswith("[") else None
