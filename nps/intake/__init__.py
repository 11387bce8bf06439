"""Reading what people bring: opened, recognised, typed, checked and accounted for.

`reading` has the steps, `opening` the first of them, `landed` what comes of them, with its `manifest`. A program takes
them itself (`nps.load`); the app has a worker process take them, as a file of a stranger may be a bomb, may be cut off,
and may be one gigabyte: `Job` starts it, watches it and ends it.
"""

from nps.intake.heard import Progress
from nps.intake.job import Job
from nps.intake.landed import Landed, read_landed
from nps.intake.looking import Preview, preview
from nps.intake.manifest import Manifest, Origin, mark
from nps.intake.process import prepare
from nps.intake.reading import Part, account, land, read

__all__ = [
    "Job",
    "Landed",
    "Manifest",
    "Origin",
    "Part",
    "Preview",
    "Progress",
    "account",
    "land",
    "mark",
    "prepare",
    "preview",
    "read",
    "read_landed",
]
