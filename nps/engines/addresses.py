"""Which hosts may be asked by people who typed them: the one judge of addresses."""

import ipaddress
import re
import socket

from nps.notes import Refused, Unreachable

HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.\-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}")
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 as IPv6 sees it through a translator: judged as the IPv4 in it
UNSAID = [  # what the registries of the Internet call global, and is not, or carries another address within
    *("fec0::/10", "::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "3fff::/20", "5f00::/16"),
    *("168.63.129.16/32", "169.254.0.0/16", "192.0.0.0/24", "192.88.99.0/24"),
]
NEVER = [ipaddress.ip_network(network) for network in UNSAID]


def public_address(host: str, port: int | None) -> str:
    """An address of a host of which every address is public: the one to ask, as the name may mean another one later.

    Raises InputError for a host that is none, is unknown, or has an address in this server's own networks.
    """
    if not HOST.fullmatch(host):
        raise Refused("connection.no_host")
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("connection.unknown_host", host=host) from None
    addresses = [str(entry[4][0]) for entry in entries]
    if not addresses or not all(is_public(address) for address in addresses):
        raise Refused("connection.inside", host=host)
    return addresses[0]


def is_public(text: str) -> bool:
    """Whether an address is of the Internet at large: of no network of ours, of a cloud's own services or of nobody."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if address.version == 6:
        if address.scope_id:
            return False
        if address.ipv4_mapped:
            address = address.ipv4_mapped
        elif address in TRANSLATED:
            address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    unsaid = any(address in network for network in NEVER if network.version == address.version)
    return address.is_global and not (unsaid or address.is_multicast or address.is_reserved or address.is_unspecified)
