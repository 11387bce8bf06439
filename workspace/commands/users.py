"""`users`: who may come in."""

import argparse
import getpass
import sys

from nps.notes import Refused
from nps.wording import _
from workspace.access import users
from workspace.access.actor import Actor, Role
from workspace.store.database import Workspace

ROLES = [role.value for role in Role]


def add_to(commands: argparse._SubParsersAction) -> None:
    """The commands of this group."""
    group = commands.add_parser("users", help=_("who may come in: add, list, role, deactivate, activate, password"))
    each = group.add_subparsers(required=True, metavar="COMMAND")
    add = _for_one(each, "add", _("invite somebody; asks for a password, or takes the first line of its input"), _add)
    add.add_argument("--role", choices=ROLES, default=Role.VIEWER.value, help=_("what they may do"))
    add.add_argument("--no-password", action="store_true", help=_("they come in another way: OIDC or a proxy"))
    role = _for_one(each, "role", _("change what somebody may do, and sign them out"), _role)
    role.add_argument("role", choices=ROLES)
    _for_one(each, "deactivate", _("let somebody in no longer"), _deactivate)
    _for_one(each, "activate", _("let somebody in again"), _activate)
    _for_one(each, "password", _("give somebody a new password, and sign them out"), _password)
    _for_one(each, "forget-account", _("let a login be bound to another account of the company"), _forget_account)
    each.add_parser("list", help=_("print who may come in")).set_defaults(run=_list)


def _for_one(each: argparse._SubParsersAction, name: str, told: str, run) -> argparse.ArgumentParser:
    parser = each.add_parser(name, help=told)
    parser.add_argument("login", metavar="EMAIL")
    parser.set_defaults(run=run)
    return parser


def _add(space: Workspace, options: argparse.Namespace) -> None:
    password = None if options.no_password else _asked()
    users.add(Actor.SYSTEM, space, options.login, Role(options.role), password)


def _list(space: Workspace, options: argparse.Namespace) -> None:
    for row in users.everybody(Actor.SYSTEM, space).itertuples():
        state = row.role if row.active else _("{role}, not active", role=row.role)
        print(f"{row.login}\t{state}")


def _role(space: Workspace, options: argparse.Namespace) -> None:
    users.change_role(Actor.SYSTEM, space, options.login, Role(options.role))


def _deactivate(space: Workspace, options: argparse.Namespace) -> None:
    users.deactivate(Actor.SYSTEM, space, options.login)


def _activate(space: Workspace, options: argparse.Namespace) -> None:
    users.activate(Actor.SYSTEM, space, options.login)


def _password(space: Workspace, options: argparse.Namespace) -> None:
    users.set_password(Actor.SYSTEM, space, options.login, _asked())


def _forget_account(space: Workspace, options: argparse.Namespace) -> None:
    users.forget_account(Actor.SYSTEM, space, options.login)


def _asked() -> str:
    """A password that somebody types twice; from a program, the first line that it writes."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(_("Password: "))
    if password != getpass.getpass(_("Once more: ")):
        raise Refused("password.differs")
    return password
