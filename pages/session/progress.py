"""How far a worker is, in words."""

from nps import intake
from nps.wording import _, several

FEW = 10_000  # rows that are read before anybody has counted to three


def told(progress: intake.Progress) -> str:
    """What is being done, at which row, for how much longer."""
    said = [str(progress.step)]
    if progress.rows and progress.rows >= FEW:
        done, rows = round(progress.part * progress.rows, -3), round(progress.rows, -3)
        said.append(_("about {done:,.0f} of {rows:,.0f} rows", done=done, rows=rows))
    if progress.left is not None:
        said.append(_duration(progress.left))
    return ", ".join(said)


def _duration(seconds: float) -> str:
    if seconds > 90:
        return _("{minutes:.0f} minutes left", minutes=seconds / 60)
    return several("{n} second left", "{n} seconds left", n=max(round(seconds), 1))
