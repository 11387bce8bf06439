"""Passwords: what is kept of one, by scrypt, and whether one matches. Either takes half a second, on purpose."""

import hashlib
import secrets

from nps.notes import Refused

COST, BLOCK, LANES = 2**15, 8, 1  # scrypt's n, r and p
ROOM = 2**26  # bytes that it may take; it takes 2**25
SHORTEST, LONGEST = 10, 1_000  # characters


def hashed(password: str) -> str:
    """What is kept of a password. Raises Refused for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused("password.length", least=SHORTEST, most=LONGEST)
    return _hashed(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether this is the password of which that was kept; where none was, finding out takes as long."""
    salt, _, told = (kept or NOBODYS).partition(":")
    same = secrets.compare_digest(_scrypt(password[:LONGEST], bytes.fromhex(salt)).hex(), told)
    return same and kept is not None and len(password) <= LONGEST


def _hashed(password: str) -> str:
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_scrypt(password, salt).hex()}"


def _scrypt(password: str, salt: bytes) -> bytes:
    given = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=ROOM)


NOBODYS = f"{'00' * 16}:{'00' * 64}"
