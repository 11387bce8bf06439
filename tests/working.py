"""Four workers find facts and deliver what comes of them while they are killed and the receiver fails now and then.

A program of its own, as it forks: `PYTHONPATH=. python tests/working.py FACTS KILLS SEED FOLDER` prints what came of
it as JSON.
"""

import json
import os
import random
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kept import ADMIN
from receiving import Receiver, certificate

from workspace.delivery import channels, outbox, sending
from workspace.delivery.channels import Channel
from workspace.playbooks import firing, playbooks
from workspace.playbooks.conditions import Then, When
from workspace.playbooks.playbooks import Playbook
from workspace.playbooks.rules import Fact
from workspace.store.database import open_workspace

WORKERS, FAILS, LEASE, MOST_SECONDS = 4, 0.05, 2.0, 240
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
PAUSE = threading.Event()


def forked(do: Callable[[], None]) -> int:
    """The process that does this."""
    child = os.fork()
    if child == 0:
        try:
            do()
        finally:
            os._exit(1)
    return child


def ended(child: int) -> None:
    """Killed, wherever it is."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


class World:
    """A workspace with one playbook, and who receives its messages."""

    def __init__(self, place: Path, facts: int) -> None:
        self.root, self.log = place / "workspace", place / "delivered"
        self.server = Receiver(certificate(place), self._answer)
        self.settings = self.server.settings()
        self.facts = [Fact(f"answer:{n}", datetime.now(UTC), person=(f"p{n}", "", "", "", "")) for n in range(facts)]
        with open_workspace(self.root) as space:
            there = Channel("", "Hook", "webhook", self.server.base)
            then = Then("Call", channel=channels.keep(ADMIN, space, self.settings, there))
            made = playbooks.keep(ADMIN, space, Playbook("d1", "P", When("answer"), then, a_day=1_000), BEGAN)
            self.playbook = playbooks.find(ADMIN, space, made)

    def _answer(self, _way: str, _path: str, head: dict, raw: bytes) -> dict:
        PAUSE.wait(random.uniform(0.002, 0.02))
        if random.random() < FAILS:
            return {"status": 500}
        with self.log.open("a") as written:
            written.write(json.dumps([head["Idempotency-Key"], json.loads(raw)["count"]]) + "\n")
        return {}

    def work(self, seed: int) -> None:
        """What a worker does, until it is killed."""
        draw, send = random.Random(seed), sending.by(self.settings)
        with open_workspace(self.root) as space:
            while True:
                now = datetime.now(UTC)
                firing.fire(ADMIN, space, self.playbook, draw.sample(self.facts, 5), now)
                outbox.deliver(ADMIN, space, send, lease=LEASE)

    def told(self) -> dict[str, object]:
        """What came of it."""
        delivered = [json.loads(line) for line in self.log.read_text().splitlines()]
        with open_workspace(self.root) as space:

            def ask(sql: str) -> int:
                return space.db.execute(sql).fetchone()[0]

            return {
                "integrity": ask("PRAGMA integrity_check"),
                "acted": ask("SELECT count(*) FROM firings WHERE did = 'acted'"),
                "tasks": ask("SELECT count(*) FROM tasks"),
                "facts with a task": ask("SELECT count(DISTINCT fact) FROM tasks"),
                "messages": ask("SELECT count(*) FROM outbox"),
                "sent": ask("SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL"),
                "gave up": ask("SELECT count(*) FROM outbox WHERE gave_up IS NOT NULL"),
                "keys": len({key for key, _ in delivered}),
                "facts told": sum(dict(delivered).values()),
                "told more than once": sum(n > 1 for n in Counter(key for key, _ in delivered).values()),
            }


def main(facts: int, kills: int, seed: int, place: Path) -> dict[str, object]:
    """All of it: every fact is found at last, and every message is waited for."""
    world, draw = World(place, facts), random.Random(seed)
    receiving = forked(world.server.serve_forever)
    workers = [forked(lambda n=n: world.work(n)) for n in range(WORKERS)]
    for n in range(kills):
        PAUSE.wait(draw.uniform(0.05, 0.25))
        which = draw.randrange(WORKERS)
        ended(workers[which])
        workers[which] = forked(lambda n=n: world.work(WORKERS + n))
    waited = 0
    with open_workspace(world.root) as space:
        firing.fire(ADMIN, space, world.playbook, world.facts, datetime.now(UTC))
        left = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND gave_up IS NULL"
        while space.db.execute(left).fetchone()[0] and waited < 5 * MOST_SECONDS:
            waited += not PAUSE.wait(0.2)
    for child in (*workers, receiving):
        ended(child)
    return world.told()


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:4]), Path(sys.argv[4]))))
