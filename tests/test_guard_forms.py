import gzip
import io
import time
import zipfile
import zlib
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source import refused, saved

from corpus.address_guard import GuardedBackend, is_public, system_addresses
from corpus.bounded_stream import Allowance
from corpus.deadline import Deadline
from corpus.errors import UnreadableSource
from corpus.inflate import decoded
from corpus.kinds.docx import load_docx
from corpus.kinds.epub import load_epub
from corpus.kinds.safe_xml import parse_xml
from corpus.page_address import host_form
from corpus.refused import Passing, Refused
from corpus.web_address import canonical, is_web_address

INSIDE = (
    *("0.0.0.0", "127.0.0.1", "10.0.0.1", "100.64.0.1", "169.254.169.254", "172.16.0.1", "192.168.0.1"),
    *("192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "168.63.129.16", "192.88.99.1"),
)
IPV4 = st.ip_addresses(v=4) | st.sampled_from(INSIDE).map(IPv4Address)
STEP = 65_536


def carrying(address):
    """The IPv6 addresses that lead to an IPv4 address, on this or that machine."""
    number = int(address)
    return [
        IPv6Address(number),  # IPv4-compatible
        IPv6Address((0xFFFF << 32) + number),  # mapped
        IPv6Address((0xFFFF << 48) + number),  # translated by SIIT
        IPv6Address((0x64FF9B << 96) + number),  # NAT64
        IPv6Address((0x64FF9B0001 << 80) + number),  # a NAT64 of one's own
        IPv6Address((0x2002 << 112) + (number << 80) + 1),  # 6to4
        IPv6Address((0x20010000 << 96) + (number ^ 0xFFFFFFFF)),  # Teredo
        IPv6Address((0xFE80 << 112) + (0x5EFE << 32) + number),  # ISATAP
    ]


@given(IPV4)
def test_forms_of_one_address(address):
    """What is not public is so in no form of IPv6 either, in whatever letters it is written."""
    forms = carrying(address)
    written = [form for each in forms for form in (str(each), each.exploded.upper(), f"{each}%eth0")]

    assert is_public(str(address)) == is_public(f"::ffff:{address}")
    if not is_public(str(address)):
        assert [form for form in written if is_public(form)] == []
    assert not [form for form in written if "%" in form and is_public(form)]


@given(st.ip_addresses(v=6))
def test_ipv6(address):
    """Nothing that Python calls private, local or for many is public."""
    kinds = (address.is_private, address.is_loopback, address.is_link_local, address.is_multicast)

    assert not (any(kinds) and address.ipv4_mapped is None and is_public(str(address)))


@pytest.mark.parametrize(
    "host",
    [
        *("127.1", "0x7f.1", "0177.0.0.1", "2130706433", "0x7f000001", "017700000001", "127.0.0.01", "0"),
        *("①②⑦.0.0.1", "127。0。0。1", "１２７.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "127.0.0.1."),
    ],
)
def test_spellings_of_loopback(host):
    """However this machine's own address is spelt, it is refused, or is no host."""
    try:
        found = system_addresses(host_form(host).strip("[]"), 80)
    except Refused:
        return

    assert not [address for address in found if is_public(address)]


@given(st.lists(IPV4.map(str) | st.ip_addresses(v=6).map(str), min_size=1, max_size=5))
def test_one_inside_is_enough(addresses):
    """A name with any address inside is not connected to at all, wherever in the answer it stands."""
    if all(map(is_public, addresses)):
        addresses.append("127.0.0.1")
    backend = GuardedBackend(
        Allowance(1_000, Deadline(5, time.monotonic)), frozenset(), lambda host, port: tuple(addresses)
    )

    with pytest.raises(Refused):
        backend.connect_tcp("paper.example", 80)


ODD = ("http://a@b", "http://a:b@c/", "http://[::1", "http://a:0/", "HTTP://É/", "http://.")


@given(st.text(max_size=30) | st.sampled_from(ODD))
def test_any_address(text):
    """Whatever is taken for a web address has one form, which is a web address, and its own form."""
    for url in (text, f"http://{text}", f"https://x.example/{text}"):
        if is_web_address(url):
            assert is_web_address(canonical(url))
            assert canonical(canonical(url)) == canonical(url)


@given(st.binary(max_size=3_000), st.integers(1, 500), st.integers(1, 5_000))
def test_any_compression(content, width, limit):
    """Whatever comes, in whatever pieces, is given in small steps up to the limit, or refused in words."""
    for whole in (content, gzip.compress(content), gzip.compress(content)[:-5], gzip.compress(content) * 2):
        pieces = [whole[at : at + width] for at in range(0, len(whole), width)]
        given_out = b""
        try:
            for step in decoded(pieces, "gzip", limit):
                assert len(step) <= STEP
                given_out += step
        except (Refused, Passing):
            continue
        assert content.startswith(given_out) or whole is content


def test_gzip_bomb():
    """Of what unpacks to many megabytes no more is unpacked than the limit."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(16)) + packer.flush()

    assert sum(map(len, decoded([bomb], "gzip", 100_000))) <= 100_000 + STEP


def zipped(members):
    """An archive of so many members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def overlapping():
    """An archive whose list names the same megabyte of zeros thousands of times."""
    one = zipped([("a", bytes(1 << 20))])
    start = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entry, count = one[start:end], 5_000
    closing = (
        one[end : end + 8] + count.to_bytes(2, "little") * 2 + (len(entry) * count).to_bytes(4, "little")
    )
    return one[:start] + entry * count + closing + start.to_bytes(4, "little") + b"\0\0"


ARCHIVES = {
    "many members": lambda: zipped((f"m{number}", b"") for number in range(10_001)),
    "zeros": lambda: zipped([("mimetype", bytes(25 << 20))]),
    "nested": lambda: zipped([("a.zip", zipped([("b.zip", zipped([("c", bytes(30 << 20))]))]))]),
    "overlapping": overlapping,
    "absolute": lambda: zipped(
        [("/etc/passwd", b"x"), ("../../up", b"y"), ("META-INF/container.xml", b"<x/>")]
    ),
    "a name of its own": lambda: zipped([("META-INF/container.xml", b"\xff\xfe"), ("\x1b[2J", b"")]),
    "cut": lambda: zipped([("a", b"b" * 999)])[:-30],
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives(tmp_path, name):
    """An archive that is no book is refused in words, soon, and leaves nothing beside it."""
    source = saved(tmp_path / "x.zip", ARCHIVES[name]())
    began = time.process_time()

    problems = [refused(load, source) for load in (load_docx, load_epub)]

    assert all(problem.remedy for problem in problems)
    assert time.process_time() - began < 5
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


def test_entities(tmp_path):
    """Entities that unfold, or that name a file, give nothing of either."""
    unfolding = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9 if n else "word" * 99}">' for n in range(9))
    for inner, named in ((unfolding, "e8"), ('<!ENTITY f SYSTEM "file:///etc/passwd">', "f")):
        text = f"<!DOCTYPE x [{inner}]><x>&{named};</x>"
        try:
            found = parse_xml(text.encode())
        except (UnreadableSource, ValueError, SyntaxError):
            continue
        said = "" if found is None else "".join(found.itertext())
        assert "root:" not in said
        assert len(said) < 10_000
