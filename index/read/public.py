"""Owns the question whether a network address may be fetched from: public ones only.

Looked at where the connection is made, on the resolved address, so that redirects, names that resolve
anew to something else, and every spelling of an address (decimal, octal, hexadecimal) come to the same.
"""

import ipaddress
import socket
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Not global, though some versions of Python say so; and notations that carry an IPv4 address inside.
_REFUSED = [
    ipaddress.ip_network(network)
    for network in (
        "64:ff9b:1::/48",
        "192.88.99.0/24",
        "192.0.0.0/24",
        "100.64.0.0/10",
        "::/96",
        "fec0::/10",
        "2001::/23",
        "3fff::/20",
        "5f00::/16",
    )
]


class PrivateAddressError(OSError):
    """The name resolves to an address that must not be fetched."""


def is_public(text: str) -> bool:
    """True if the IP address may be connected to."""
    address: Address = ipaddress.ip_address(text.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    if any(address.version == network.version and address in network for network in _REFUSED):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def literal(host: str) -> str | None:
    """The address, if ``host`` is one in any spelling that the system's resolver accepts; else None."""
    bare = host.strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except (OSError, ValueError, UnicodeError):
        return None


class PublicResolver(AbstractResolver):
    """Resolves names, and refuses those of which any address is not public (a mixed answer is a trick)."""

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        for each in found:
            if not is_public(each["host"]):
                raise PrivateAddressError(host)
        return found

    async def close(self) -> None:
        await self._inner.close()


def connector(allow_private: bool) -> Any:
    """A connector through which only public names can be reached. Addresses in figures skip a connector's
    resolver, so the caller checks them with ``literal`` before each request."""
    import aiohttp

    if allow_private:
        return aiohttp.TCPConnector(use_dns_cache=False, limit=16)
    return aiohttp.TCPConnector(resolver=PublicResolver(), use_dns_cache=False, limit=16)
