"""What a page may cost, against a real server on loopback."""

import gzip
import shutil
import tracemalloc

import pytest
from fetching import refusal

from corpus.fetch import Fetcher
from corpus.fetched import Fetched, FetchOptions, Validators


def test_endless_page_is_left(web, fetching):
    """Reading stops at the limit, compressed or not, declared or not."""

    def endless(_asked):
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            yield b"words " * 10_000

    web.raw("/endless", endless)
    web.page("/declared", b"few", content_length="99999999999")
    web.gzipped("/bomb", b"\0" * 30_000_000)

    with fetching(max_bytes=1_000_000) as fetcher:
        for path in ("/endless", "/declared", "/bomb"):
            assert "is larger than 1 MB" in refusal(fetcher, web.url + path).message


def test_bomb_of_compression_takes_no_memory(web, fetching):
    """A piece from the wire that becomes a thousand times as much is taken apart in small steps."""
    url = web.gzipped("/bomb", b"\0" * 50_000_000)

    with fetching() as fetcher:
        refusal(fetcher, url)  # what is imported or cached once is not counted
        tracemalloc.start()
        try:
            refusal(fetcher, url)
            _, peak_bytes = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert peak_bytes < 2_000_000


def test_slow_page_is_left(web, fetching):
    """A server that sends a drop now and then keeps nobody, in its headers as little as in its words."""
    web.drip("/words", b"HTTP/1.1 200 OK\r\n\r\n", b"w")
    web.drip("/headers", b"HTTP/1.1 200 OK\r\n", b"a: b\r\n")
    web.drip("/first", b"", b"H")
    web.drip("/informed", b"", b"HTTP/1.1 100 Continue\r\n\r\n")

    with fetching(total_s=0.3) as fetcher:
        for path in ("/words", "/headers", "/informed"):
            assert "took longer than 0.3 seconds" in refusal(fetcher, web.url + path).message
        refusal(fetcher, web.url + "/first")


def test_silent_server_is_left(web, fetching):
    """A server that says nothing is left after the gap that is allowed, not after the whole time."""

    def silent(_asked):
        web.closing.wait()
        return []

    url = web.raw("/a", silent)

    with fetching(read_gap_s=0.05, retries=1) as fetcher:
        assert "stopped answering" in refusal(fetcher, url).message


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\0\1\2\3 nonsense\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.0\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\nwords",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot compressed",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nwords",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + 2 * gzip.compress(b"words", mtime=0),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\nwords",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"words" * 99, mtime=0)[:-9],
    ],
)
def test_broken_answer_is_refused(web, fetching, said):
    """Half a page is no page, and nonsense is none either; the error repeats none of it."""
    url = web.raw("/a", lambda _asked: [said])

    with fetching(retries=0) as fetcher:
        error = refusal(fetcher, url)

    assert error.message.isprintable()
    assert "nonsense" not in error.message


def test_what_no_header_can_hold_is_not_sent(web, fetching):
    """Validators that were damaged where they were kept do no harm."""
    url = web.page("/a")

    with fetching() as fetcher, fetcher.fetch(url, Validators('"ü"', "a\r\nX: y")) as page:
        assert isinstance(page, Fetched)
    with pytest.raises(ValueError, match="printable ASCII"):
        FetchOptions(contact="me@news.example\n")
    with pytest.raises(ValueError, match=r"got 'http://intranet/'"):
        Fetcher(FetchOptions(allowed_hosts=frozenset({"http://intranet/"})))


def test_disk_that_is_full_is_a_reason(web, fetching):
    """Where a page cannot be written the error says so, and the next one is tried."""
    url = web.page("/a", b"words" * 1_000)

    with fetching() as fetcher:
        shutil.rmtree(fetcher.folder)
        assert "cannot be kept here" in refusal(fetcher, url).message
