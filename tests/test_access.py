"""Who may do what, and what is written down of it."""

import importlib
import inspect
import pkgutil

import pytest

import workspace
from nps.notes import InputError, Refused
from workspace.access.actor import Actor, Role
from workspace.access.permissions import Verb, may
from workspace.store import audit
from workspace.store.database import folder_of, open_workspace, sqlite3, writing

VIEWER, ANALYST, ADMIN = (Actor(role.value, role) for role in Role)
INSIDE = {
    "workspace.access.actor",
    "workspace.access.passwords",
    "workspace.access.permissions",
    *(
        f"workspace.store.{name}"
        for name in ("database", "folders", "marks", "merging", "migrations", "mounts", "origins")
    ),
    *(
        "workspace.store.rewriting",
        "workspace.store.versions",
        "workspace.connections",
        "workspace.configured",
        *(f"workspace.delivery.{name}" for name in ("crm", "http", "hubspot", "kept", "layouts", "letters")),
        *(f"workspace.delivery.{name}" for name in ("limit", "mail", "salesforce", "sending", "settings")),
        *(f"workspace.follow_up.{name}" for name in ("changes", "contact_rules", "kept", "words")),
        *(f"workspace.playbooks.{name}" for name in ("conditions", "rules", "digest")),
        "workspace.privacy.forgetting",
        "workspace.privacy.masking",
        "workspace.privacy.small_groups",
        "workspace.privacy.figures",
        "workspace.__main__",
    ),
}
PURE = {
    "changed",
    "marker_name",
    "named",
    "now",
    "record",
    "undone",
    "folded",
    "fresh_password",
    "words_for",
    "address_of",
    "key_of",
    "of_row",
    "put",
    "replace_body",
    "moment",
    "added",
    "as_markdown",
    "by_now",
    "headed",
    "in_audit",
    "reached",
    "reasons",
    "verdict_named",
    "keep_marks",
    *("addressed", "answered", "arrived", "check_there", "held_back", "join", "of_campaign"),
}  # ask nobody: what they do is part of what somebody was asked for


def public():
    """Every function that a page or a command can call, by name."""
    for module in pkgutil.walk_packages(workspace.__path__, "workspace."):
        if module.name not in INSIDE and not module.name.startswith("workspace.commands"):
            named = vars(importlib.import_module(module.name)).items()
            for name, each in named:
                if inspect.isfunction(each) and each.__module__ == module.name and not name.startswith("_"):
                    yield f"{module.name}.{name}", each


def test_every_function_of_the_workspace_asks_who_asks():
    silent = {name for name, each in public() if not hasattr(each, "verb")}
    first = {next(iter(inspect.signature(each).parameters)) for _, each in public() if hasattr(each, "verb")}
    assert ({name.rpartition(".")[2] for name in silent}, first) == (PURE, {"actor"})


@pytest.mark.parametrize(("name", "each"), [(name, each) for name, each in public() if hasattr(each, "verb")])
def test_whoever_may_not_is_refused_before_anything_happens(name, each):
    for actor in (VIEWER, ANALYST, ADMIN):
        if not may(actor, each.verb):
            with pytest.raises(Refused, match="Ask an administrator"):
                each(actor)


def test_a_role_may_what_the_lesser_ones_may():
    allowed = {actor.role.value: [verb.name for verb in Verb if may(actor, verb)] for actor in (VIEWER, ANALYST, ADMIN)}
    assert allowed == {
        "viewer": ["LOOK"],
        "analyst": ["LOOK", "SEE_PEOPLE", "WORK"],
        "admin": ["LOOK", "SEE_PEOPLE", "WORK", "ADMINISTER"],
    }


def test_a_setting_names_a_folder_and_the_file_in_it_means_the_folder(tmp_path):
    (tmp_path / "other.txt").touch()
    assert folder_of(str(tmp_path)) == folder_of(str(tmp_path / "workspace.db")) == tmp_path
    with pytest.raises(InputError, match="which is a file"):
        folder_of(str(tmp_path / "other.txt"))


@pytest.fixture
def space(tmp_path):
    with open_workspace(tmp_path / "workspace") as opened:
        yield opened


def test_the_audit_holds_who_did_what_and_notices_one_changed_byte_of_any_row(space):
    for did in ("keep", "download", "erase"):
        audit.tell(ANALYST, space, did, {"rows": 17})
    assert audit.rows(ADMIN, space)[["n", "actor", "did", "about"]].values.tolist() == [
        [3, "analyst", "erase", '{"rows": 17}'],
        [2, "analyst", "download", '{"rows": 17}'],
        [1, "analyst", "keep", '{"rows": 17}'],
    ]
    whole = audit.verify(ADMIN, space)
    assert (whole.rows, whole.broken) == (3, None)
    for change in ("UPDATE audit SET did = 'look' WHERE n = 2", "DELETE FROM audit WHERE n = 1"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            space.db.execute(change)
    space.db.rollback()
    for column in (*audit.COLUMNS, "before", "hash"):
        for n in (1, 2, 3):
            assert _broken_by(space, column, n) == n


def _broken_by(space, column, n):
    """The row that is found broken once somebody changed a cell behind the triggers' back."""
    space.db.execute("BEGIN")
    space.db.execute("DROP TRIGGER audit_no_update")
    space.db.execute(f"UPDATE audit SET {column} = {column} || 'x' WHERE n = ?", [n])
    broken = audit.verify(ADMIN, space).broken
    space.db.rollback()
    return broken


def test_what_is_audited_is_written_with_what_it_tells_of_or_not_at_all(space):
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        _recorded(space, "INSERT INTO nowhere VALUES (1)")
    assert audit.verify(ADMIN, space).rows == 0


def _recorded(space, change):
    with writing(space.db):
        audit.record(ANALYST, space, "keep", {})
        space.db.execute(change)


@pytest.mark.parametrize("login", ["a" * 32, "0123456789abcdef" * 4])
def test_where_nobody_signs_in_all_browsers_look_after_the_same(login):
    assert Actor(login, Role.ADMIN).owner == Actor("f" * 64, Role.ADMIN).owner == "me"
    assert Actor("ann@example.com", Role.ANALYST, 7).owner == "user 7"
    assert Actor.SYSTEM.owner == "system"
