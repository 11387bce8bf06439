"""What was worked out of a panel, kept beside it for as long as it is there."""

from collections.abc import Callable, Hashable
from functools import cached_property, lru_cache
from threading import RLock
from typing import Any

CUBES_KEPT = 8


class Worked:
    """A part of what was joined: what others work out of it, and whose turn it is."""

    @cached_property
    def made(self) -> Callable[[Hashable], dict[Hashable, Any]]:
        """What was counted under each of the latest few filters; like `facts` without the panel, which can go."""
        return lru_cache(CUBES_KEPT)(lambda _: {})

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What was worked out of all of it."""
        return {}

    @cached_property
    def lock(self) -> RLock:
        """Whoever asks for what somebody works out already waits for it."""
        return RLock()
