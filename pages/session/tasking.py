"""Tasks of the data at hand that somebody makes by hand."""

from pages.session import access, following, keys
from pages.session.kept import space
from workspace.follow_up import tasks
from workspace.follow_up.tasks import Task


def make(title: str, owner: str, due: str, person: str | None = None, account: str | None = None) -> None:
    """Keep a task of what these widgets say, or have the next page say why not: for callbacks."""

    def do() -> None:
        said = {"title": keys.of_widget(title).get() or "", "owner": keys.of_widget(owner).get() or ""}
        said |= {"person_id": person, "account_id": account}
        task = Task(following.dataset() or "", due=keys.of_widget(due).get(), **said)
        with space() as known:
            tasks.make(access.actor(), known, task, following.now())

    following.said(do)
