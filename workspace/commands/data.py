"""`datasets`: what is kept."""

import argparse
from pathlib import Path

from nps import intake
from nps.notes import InputError
from nps.sources import Named
from nps.wording import _, several
from workspace.access.actor import Actor
from workspace.store import datasets
from workspace.store.database import Workspace
from workspace.store.datasets import Kept

TABLES = ("responses", "usage", "people", "accounts")


def add_to(commands: argparse._SubParsersAction) -> None:
    """The commands of this group."""
    about = commands.add_parser("datasets", help=_("list what is kept, keep files, refresh, undo, rename, delete"))
    whats = about.add_subparsers(metavar="WHAT")
    about.set_defaults(run=_list)
    for name, run, help_text in (
        ("keep", _keep, _("keep files under a name")),
        ("refresh", _refresh, _("put newer files over what is kept")),
    ):
        brought = whats.add_parser(name, help=help_text)
        brought.add_argument("name", metavar="NAME")
        for table in TABLES:
            brought.add_argument(f"--{table}", metavar="FILE", type=Path, nargs="+")
        brought.set_defaults(run=run)
    for name, run, help_text in (
        ("undo", _undo, _("go back to the version before")),
        ("delete", _delete, _("delete it with all its versions")),
    ):
        whats.add_parser(name, help=help_text).set_defaults(run=run)
        whats.choices[name].add_argument("name", metavar="NAME")
    renamed = whats.add_parser("rename", help=_("call it otherwise"))
    renamed.add_argument("name", metavar="NAME")
    renamed.add_argument("other", metavar="OTHER")
    renamed.set_defaults(run=_rename)
    for name, run, help_text in (
        ("retain", _retain, _("keep answers and usage for so many days; 0: for good")),
        ("every", _every, _("read its database anew every so many minutes; 0: only by hand")),
    ):
        timed = whats.add_parser(name, help=help_text)
        timed.add_argument("name", metavar="NAME")
        timed.add_argument("n", metavar="N", type=int)
        timed.set_defaults(run=run)
    viewers = whats.add_parser("viewers", help=_("show viewers merged figures, or every page without names"))
    viewers.add_argument("name", metavar="NAME")
    viewers.add_argument("what", choices=datasets.VIEWERS)
    viewers.set_defaults(run=_viewers)


def _list(space: Workspace, _options: argparse.Namespace) -> None:
    for kept in datasets.listed(Actor.SYSTEM, space):
        answers = several("1 answer", "{n} answers", n=kept.rows.get("responses", 0))
        print(kept.name, kept.id, answers, kept.made_at[:16], sep="\t")


def _keep(space: Workspace, options: argparse.Namespace) -> None:
    job = _read(options, None)
    print(datasets.keep(Actor.SYSTEM, space, job.folder, options.name))


def _refresh(space: Workspace, options: argparse.Namespace) -> None:
    kept = named(space, options.name)
    job = _read(options, datasets.keys(Actor.SYSTEM, space, kept))
    datasets.refresh(Actor.SYSTEM, space, kept.id, job.folder, kept.number)


def _read(options: argparse.Namespace, keys: str | None) -> intake.Job:
    """The files of these options, read; `keys` as they were matched before."""
    given = {
        table: [Named(path, path.name) for path in files] for table in TABLES if (files := getattr(options, table))
    }
    if not given:
        raise InputError("dataset.no_files")
    for path in (path for files in given.values() for path in files):
        Path(path).stat()  # raises OSError, which names it
    job = intake.Job("land", given, {"keys": keys} if keys else {})
    job.result()
    return job


def _undo(space: Workspace, options: argparse.Namespace) -> None:
    kept = named(space, options.name)
    datasets.undo(Actor.SYSTEM, space, kept.id, kept.number)


def _delete(space: Workspace, options: argparse.Namespace) -> None:
    datasets.delete(Actor.SYSTEM, space, named(space, options.name).id)


def _rename(space: Workspace, options: argparse.Namespace) -> None:
    datasets.rename(Actor.SYSTEM, space, named(space, options.name).id, options.other)


def _retain(space: Workspace, options: argparse.Namespace) -> None:
    datasets.retain(Actor.SYSTEM, space, named(space, options.name).id, options.n or None)


def _every(space: Workspace, options: argparse.Namespace) -> None:
    datasets.schedule(Actor.SYSTEM, space, named(space, options.name).id, options.n or None)


def _viewers(space: Workspace, options: argparse.Namespace) -> None:
    datasets.show_viewers(Actor.SYSTEM, space, named(space, options.name).id, options.what)


def named(space: Workspace, name: str) -> Kept:
    """The dataset of this name, or id."""
    for kept in datasets.listed(Actor.SYSTEM, space):
        if name in (kept.name, kept.id):
            return kept
    raise InputError("dataset.gone")
