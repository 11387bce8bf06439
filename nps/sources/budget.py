"""What everybody together may take of the machine: asked wherever bytes are written, and where work begins."""

import shutil
import threading
import weakref
from dataclasses import dataclass
from pathlib import Path

from nps.notes import TooLarge

GB = 1024**3
NO_ROOM = "room.none"


@dataclass(frozen=True)
class Limits:
    """The most that is given out, in bytes, seconds and pieces.

    share  of what the disk would have free if nothing of ours lay on it: for everybody together
    spare  what stays free for others who write on that disk
    """

    workers: int = 2
    seconds: float = 600.0
    memory_mb: int = 1536
    reading_bytes: int = 8 * GB
    session_bytes: int = 4 * GB
    session_files: int = 20
    share: float = 0.8
    spare: int = GB


LIMITS = Limits()


class Line:
    """So many at once; others stand in line, in the order in which they came."""

    def __init__(self, most: int) -> None:
        self._most, self._there, self._moved = most, [], threading.Condition()

    def join(self) -> object:
        """A place at the end."""
        place = object()
        with self._moved:
            self._there.append(place)
        return place

    def leave(self, place: object) -> None:
        """Make room for the next; whoever has left already may leave again."""
        with self._moved:
            self._there = [other for other in self._there if other is not place]
            self._moved.notify_all()

    def ahead(self, place: object) -> int:
        """How many have to leave before it is this one's turn; 0 when it is, or when it has left."""
        with self._moved:
            return self._ahead(place)

    def wait(self, place: object) -> bool:
        """Wait for this one's turn; False when it has left meanwhile."""
        with self._moved:
            self._moved.wait_for(lambda: self._ahead(place) == 0)
            return place in self._there

    @property
    def free(self) -> bool:
        """Whether the next one would not have to wait."""
        with self._moved:
            return len(self._there) < self._most

    def _ahead(self, place: object) -> int:
        return max(self._there.index(place) - self._most + 1, 0) if place in self._there else 0


class Budget:
    """Who has which room. Nobody gets more than stays for the others, so that there is always some for the next."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits, self.workers = limits, Line(limits.workers)
        self._rooms: weakref.WeakSet[Room] = weakref.WeakSet()
        self._lock = threading.RLock()

    def for_reading(self, place: Path) -> "Room":
        """Room for what a reading unpacks, sorts and lands in this folder."""
        return self._opened(Room(self, place, object(), self.limits.reading_bytes))

    def for_upload(self, place: Path, session: str) -> "Room":
        """Room for one more file of a session. Raises InputError when it has too many."""
        with self._lock:
            if sum(room.owner == session for room in self._rooms) >= self.limits.session_files:
                raise TooLarge("room.too_many_files", most=self.limits.session_files)
            return self._opened(Room(self, place, session, self.limits.session_bytes))

    def _opened(self, room: "Room") -> "Room":
        with self._lock:
            self._rooms.add(room)
        return room

    def grow(self, room: "Room", to: int) -> None:
        """Give a room so many bytes in all. Raises InputError when they are not to be had."""
        with self._lock:
            wanted = to - room.bytes
            if wanted > 0 and wanted > room.most - self._held(room.owner):
                raise TooLarge("room.too_much", gb=room.most / GB)
            if wanted > 0 and wanted > self._disk_left(room):
                raise TooLarge(NO_ROOM)
            room.bytes = to

    def left(self, room: "Room") -> int:
        """How many bytes a room could have besides, if nobody else took any."""
        with self._lock:
            return max(min(room.most - self._held(room.owner), self._disk_left(room)), 0)

    def _held(self, owner: object) -> int:
        return sum(room.bytes for room in self._rooms if room.owner == owner)

    def _disk_left(self, room: "Room") -> int:
        free, held = shutil.disk_usage(room.place).free, sum(room.bytes for room in self._rooms)
        unshared = int(self.limits.share * (free + held)) - held
        return min((unshared - self._held(room.owner)) // 2, free - self.limits.spare)


class Room:
    """What an upload or a reading takes of the disk. It is given back when nobody holds it any more."""

    def __init__(self, budget: Budget, place: Path, owner: object, most: int) -> None:
        self._budget, self.place, self.owner, self.most = budget, place, owner, most
        self.bytes = 0

    def grow(self, to: int) -> None:
        """Have so many bytes in all. Raises InputError when they are not to be had."""
        self._budget.grow(self, to)

    @property
    def left(self) -> int:
        """How many bytes it could have besides, if nobody else took any."""
        return self._budget.left(self)


BUDGET = Budget()


def check_free(place: Path) -> None:
    """Raises InputError when the disk of this file or folder is about to be full."""
    if shutil.disk_usage(place).free < LIMITS.spare:
        raise TooLarge(NO_ROOM)
