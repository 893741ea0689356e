"""Which addresses anyone on the internet can reach."""

import socket
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis.strategies import ip_addresses

from corpus.address_guard import is_public, system_addresses
from corpus.refused import Refused

# fmt: off
INSIDE = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254",
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192",
    "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1", "64:ff9b:1::8.8.8.8", "100::1", "2001::1", "2001:0:7f00:1::", "2001:2::1",
    "2001:10::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "4000::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2a00:1450::1%eth0",
)
OUTSIDE = (
    "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "192.0.1.1",
    "193.0.0.1", "223.255.255.254", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2001:200::1",
    "2001:4860:4860::8888", "2606:4700::1111", "2a00:1450:4001::1",
)
# fmt: on


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_not_public(address):
    """Private, local, special and metadata addresses are not public, in whatever form IPv6 carries them."""
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_outside_are_public(address):
    """What anyone can reach is public, its neighbours too."""
    assert is_public(address)


@given(ip_addresses(v=4))
def test_carried_address_is_judged_as_itself(address):
    """An IPv4 address is public or not, whether IPv6 carries it or not."""
    assert is_public(f"::ffff:{address}") == is_public(f"64:ff9b::{address}") == is_public(str(address))


@given(ip_addresses())
def test_nothing_that_the_standard_library_calls_inside_is_public(address):
    """The list here is longer than Python's, never shorter."""
    if is_public(str(address)) and isinstance(address, IPv4Address):
        assert address.is_global


@pytest.mark.parametrize("address", ["", "localhost", "127.1", "0x7f.1", "1.1.1.1/32", "::g"])
def test_what_is_no_address_is_not_public(address):
    """What cannot be read as an address is none that may be reached."""
    assert not is_public(address)


@pytest.mark.parametrize("spelling", ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_spellings_of_a_number_become_one(spelling):
    """What is checked is what the system makes of a host, so that no spelling gets around it."""
    assert system_addresses(spelling, 80) == ("127.0.0.1",)


@pytest.mark.parametrize("host", ["a." * 200, "x" * 64 + ".example", "-.invalid", "no-such-host.invalid"])
def test_host_that_cannot_be_is_refused(host):
    """A name that no host has is a reason, whatever the system's lookup says to it."""
    with pytest.raises(Refused):
        system_addresses(host, 80)


def test_addresses_are_those_of_the_system():
    """A name leads where the system says."""
    found = {where[0] for *_, where in socket.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM)}
    assert set(system_addresses("localhost", 80)) == found
