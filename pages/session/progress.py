"""How far a worker is, in words."""

from nps import intake

FEW = 10_000  # rows that are read before anybody has counted to three


def told(progress: intake.Progress) -> str:
    """What is being done, at which row, for how much longer."""
    said = [progress.step]
    if progress.rows and progress.rows >= FEW:
        said.append(f"about {round(progress.part * progress.rows, -3):,.0f} of {round(progress.rows, -3):,.0f} rows")
    if progress.left is not None:
        said.append(_duration(progress.left))
    return ", ".join(said)


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes left" if seconds > 90 else f"{max(seconds, 1):.0f} seconds left"
