"""How often somebody may try to sign in: per login and per address, so that no password is found by trying."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

MOST, SECONDS = 10, 300.0
MOST_KNOWN = 50_000  # logins and addresses; the oldest are forgotten


class Tries:
    """Tries of the last five minutes, counted before they are judged: many at once are many."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._times: OrderedDict[str, list[float]] = OrderedDict()

    def one_more(self, *of: str) -> bool:
        """Count a try of each of these; False, and nothing is counted, where one had too many."""
        now = self._clock()
        recent = {name: [then for then in self._times.get(name, ()) if now - then < SECONDS] for name in of}
        if any(len(times) >= MOST for times in recent.values()):
            return False
        for name, times in recent.items():
            self._times[name] = [*times, now]
            self._times.move_to_end(name)
        while len(self._times) > MOST_KNOWN:
            self._times.popitem(last=False)
        return True

    def forgive(self, *of: str) -> None:
        """The last try of each was right."""
        for name in of:
            if times := self._times.get(name):
                times.pop()
