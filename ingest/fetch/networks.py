"""Which numbers of the internet may be asked: those that anybody's machine could reach."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_GLOBAL = IPv6Network("2000::/3")
_EXAMPLES = IPv6Network("3fff::/20")
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_OCTETS = 0xFFFFFFFF


def is_open(number: str) -> bool:
    """Whether a numeric address, and each that is packed in it, stands in the open internet.

    Not so are this machine, its neighbours, private networks and all that is set apart for something else.
    """
    address = ip_address(number)
    packed = list(_packed(address))
    return all(map(_is_open, packed or [address]))


def _is_open(address: Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return isinstance(address, IPv4Address) or (address in _GLOBAL and address not in _EXAMPLES)


def _packed(address: Address) -> Iterator[Address]:
    """Give the IPv4 addresses that an IPv6 one leads to: the machines at the other end of a tunnel."""
    if isinstance(address, IPv4Address):
        return
    if address in _NAT64 or address in _COMPATIBLE:
        yield IPv4Address(int(address) & _OCTETS)
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
