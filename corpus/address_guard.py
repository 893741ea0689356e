"""Connects to public addresses only, and to the very address that was checked.

A name is looked up once for each connection, every answer must be public, and the connection goes to one of
those answers: a name that leads elsewhere a moment later (DNS rebinding) is not asked again. Whatever way a
number is written in the address, what is checked is what the system makes of it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from httpcore import (
    SOCKET_OPTION,
    ConnectError,
    ConnectTimeout,
    NetworkBackend,
    NetworkStream,
    SyncBackend,
)

from corpus.bounded_stream import Allowance, BoundedStream
from corpus.refused import Passing, Refused

Resolve = Callable[[str, int], tuple[str, ...]]

# IPv6 addresses that carry an IPv4 address in their last 32 bits: the mapped ones and those of NAT64.
_CARRIES_IPV4 = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NOT_PUBLIC_IPV6 = (
    IPv6Network("2001::/23"),  # protocols of the IETF, Teredo among them
    IPv6Network("2001:db8::/32"),  # examples
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("3fff::/20"),  # examples
)
# What `is_global` lets through, in this or that version of Python.
_NOT_PUBLIC_IPV4 = (
    IPv4Network("192.0.0.0/24"),  # protocols of the IETF, and metadata of some clouds
    IPv4Network("192.88.99.0/24"),  # relays of 6to4
    IPv4Network("168.63.129.16/32"),  # metadata of Azure
)
_MAX_ADDRESSES = 16


def is_public(address: str) -> bool:
    """Whether an IP address is one that anyone on the internet can reach: not private, local or special."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        return _is_public_ipv6(found)
    return _is_public_ipv4(found)


def _is_public_ipv4(address: IPv4Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _NOT_PUBLIC_IPV4)
    )


def _is_public_ipv6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if any(address in network for network in _CARRIES_IPV4):
        return _is_public_ipv4(IPv4Address(int(address) & 0xFFFF_FFFF))
    return address in _GLOBAL_UNICAST and not any(address in network for network in _NOT_PUBLIC_IPV6)


def system_addresses(host: str, port: int) -> tuple[str, ...]:
    """The IP addresses of a host, as this machine finds them.

    Raises:
        Refused: There is no such host.
        Passing: It cannot be told at the moment.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise Passing(
                "cannot be looked up at the moment", "check this machine's connection, then try again"
            ) from error
        raise Refused(
            "is at a host that does not exist", "check the spelling of the address, and the connection"
        ) from error
    except UnicodeError as error:
        raise Refused("has a host that no server can have", "check the spelling of the address") from error
    return tuple(dict.fromkeys(str(where[0]) for *_, where in found))


class GuardedBackend(NetworkBackend):
    """Opens connections for httpcore.

    Args:
        allowance: What a connection may bring, and how long it may take.
        allowed_hosts: Hosts that may be inside, by the name that is asked for.
        resolve: Gives the IP addresses of a host, as `system_addresses` does.
    """

    def __init__(self, allowance: Allowance, allowed_hosts: frozenset[str], resolve: Resolve) -> None:
        self._allowance = allowance
        self._allowed_hosts = allowed_hosts
        self._resolve = resolve
        self._backend = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """A connection to the first address of the host that takes one.

        Raises:
            Refused: The host is not allowed to be inside, and one of its addresses is.
        """
        problem: Exception = ConnectError("no address")
        for address in self._checked(host, port):
            try:
                with self._allowance.seconds(timeout) as seconds:
                    stream = self._backend.connect_tcp(address, port, seconds, local_address, socket_options)
            except (ConnectError, ConnectTimeout) as error:
                problem = error
            else:
                return BoundedStream(stream, self._allowance)
        raise problem

    def _checked(self, host: str, port: int) -> tuple[str, ...]:
        addresses = self._resolve(host, port)[:_MAX_ADDRESSES]
        if host in self._allowed_hosts:
            return addresses
        for address in addresses:
            if not is_public(address):
                raise Refused(
                    f"is at {address}, an address that is not on the public internet",
                    f"if this is meant, add {host} to the setting fetch_allowed_hosts",
                )
        return addresses
