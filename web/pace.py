"""Uploads of one session: a few at once, and each has to come along."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 4  # a browser sends up to six, so the others wait
PACE_BYTES, PACE_SECONDS = 30_000, 30.0


class Traffic:
    """What one session sends right now."""

    def __init__(self) -> None:
        self.under_way = 0
        self._turns, self._waiting = asyncio.Semaphore(AT_ONCE), set()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[asyncio.Timeout]:
        """Wait for a turn, and have it for as long as `paced` blocks come. Raises TimeoutError."""
        self.under_way += 1
        try:
            async with asyncio.timeout(PACE_SECONDS) as clock:
                self._waiting.add(clock)
                async with self._turns:
                    self._waiting.discard(clock)
                    yield clock
        finally:
            self._waiting.discard(clock)
            self.under_way -= 1

    async def paced(self, body: AsyncIterator[bytes], clock: asyncio.Timeout) -> AsyncIterator[bytes]:
        """The same blocks; whenever enough of them came, this upload and those that wait for it have time for more."""
        came = 0
        async for block in body:
            came += len(block)
            if came >= PACE_BYTES:
                came, later = 0, asyncio.get_running_loop().time() + PACE_SECONDS
                for other in (clock, *self._waiting):
                    if not other.expired():
                        other.reschedule(later)
            yield block
