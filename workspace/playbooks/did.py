"""What playbooks have done, in counts."""

from datetime import date, timedelta

import pandas as pd

from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.store.database import Workspace

LATELY_DAYS = 28
COUNTED = """SELECT p.id AS playbook, ifnull(sum(f.did = 'acted'), 0) AS acted, ifnull(sum(f.did = 'over'), 0) AS over,
        max(CASE WHEN f.did = 'acted' THEN f.at END) AS last,
        (SELECT count(*) FROM tasks t WHERE t.playbook = p.id) AS tasks,
        (SELECT count(*) FROM tasks t WHERE t.playbook = p.id AND t.status = 'open') AS open
    FROM playbooks p LEFT JOIN firings f ON f.playbook = p.id WHERE p.dataset = ? GROUP BY p.id"""
BY_DAY = """SELECT substr(at, 1, 10) AS day, sum(did = 'acted') AS acted, sum(did = 'over') AS over FROM firings
    WHERE playbook = ? AND did <> 'quiet' AND at >= ? GROUP BY 1 ORDER BY 1 DESC"""


@needs(Verb.WORK)
def counted(actor: Actor, space: Workspace, dataset: str) -> pd.DataFrame:
    """Of each playbook of a dataset: playbook, acted (so often), over (so often beyond the most of a day), last (when),
    tasks that it made, and open: how many of these are."""
    return _frame(space, COUNTED, [dataset])


@needs(Verb.WORK)
def by_day(actor: Actor, space: Workspace, playbook: int, today: date) -> pd.DataFrame:
    """Of the last four weeks, the days with anything, the latest first: day, acted, over."""
    return _frame(space, BY_DAY, [playbook, f"{today - timedelta(days=LATELY_DAYS):%Y-%m-%d}"])


def _frame(space: Workspace, sql: str, values: list) -> pd.DataFrame:
    found = space.db.execute(sql, values)
    return pd.DataFrame(found.fetchall(), columns=[name for name, *_ in found.description])
