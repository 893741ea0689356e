"""What a site allows programs to read."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.page_address import origin_of
from corpus.robots import MAX_ROBOTS_BYTES, RobotsCache, Rules

PAGE = "https://news.example/a/b?c=1"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("<html>Not found</html>", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: Footnote\nDisallow: /a", False),
        ("user-agent: footnote*\nDisallow: /a", False),
        ("User-agent: another\nDisallow: /", True),
        ("User-agent: another\nUser-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: footnote\nAllow: /", True),
        ("User-agent: foot\nDisallow: /", True),
        ("User-agent: footnotes\nDisallow: /", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", True),
        ("User-agent: *\nDisallow: /*?c=", False),
        ("User-agent: one\nDisallow: /x\nUser-agent: two\nDisallow: /\nUser-agent: *\nDisallow: /y", True),
    ],
)
def test_rules_are_for_us_or_for_all(text, allowed):
    """The group with our name counts, else that for everyone; those of other programs never do."""
    assert Rules(text, "Footnote").allow(PAGE) is allowed


@given(st.text(st.sampled_from("user-agent: disallow allow crawl-delay *$/%\n#1ab"), max_size=300))
def test_any_text_is_rules(text):
    """No file breaks the reading of it."""
    rules = Rules(text, "Footnote")
    assert rules.allow(PAGE) in (True, False)
    assert 0 <= rules.delay_s() <= 10


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"user-agent: a{n}\n" for n in range(18_000)) + "disallow: /x\n" * 20_000,
        "".join(f"useragent b{n}\ndisallow: /{n}\n" for n in range(16_000)),
        "user-agent: *\n" + "".join(f"disallow: /*{n}*a*a*a*a*$\n" for n in range(4_000)),
        "user-agent: *\ndisallow: /" + "*a" * 200_000,
    ],
    ids=["programs times rules", "groups", "patterns", "one pattern"],
)
def test_hostile_rules_cost_little(text):
    """A file of the largest size fills neither the memory nor the day."""
    tracemalloc.start()
    began = time.process_time()
    try:
        Rules(text[:MAX_ROBOTS_BYTES], "Footnote").allow("https://news.example/" + "a" * 2_000)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak_bytes < 60_000_000
    assert time.process_time() - began < 20


def test_rules_are_asked_for_once_a_site_and_forgotten_where_there_are_many():
    """A site is asked once; large files push out those that were used longest ago."""
    asked = []

    def ask(address):
        asked.append(address)
        return "#" * MAX_ROBOTS_BYTES

    cache = RobotsCache("Footnote", ask, lambda: 0.0)
    sites = [f"https://{n}.example/a" for n in range(6)]
    for site in (*sites, sites[5], sites[0]):
        cache.rules_for(site)

    assert asked == [origin_of(site) + "/robots.txt" for site in (*sites, sites[0])]
