from hypothesis import given
from hypothesis import strategies as st
from test_render import HOSTILE, excerpts

from bot import editor_render
from bot.counts import Day
from bot.editor_render import GAPS_A_PAGE
from bot.gaps import Gap
from bot.reports import Report
from bot.simulator.html import parse_html
from bot.verified import Verified
from bot.words import ENGLISH

said = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=500))
numbers = st.integers(0, 10**9)
reports = st.builds(
    Report,
    report_id=st.integers(1, 2**59),
    receipt=st.just("7F3K2M9Q"),
    article_id=said,
    state=st.sampled_from(["open", "hidden", "reindexed", "dismissed"]),
    opened_day=st.just("2026-05-14"),
    decided_day=st.sampled_from([None, "2026-05-15"]),
    reporters=numbers,
    reasons=st.sampled_from([(), ("wrong",), ("outdated",), ("wrong", "outdated")]),
)
kinds = st.sampled_from(["asked", "answer", "related", "not_found", "up", "down", "inline_asked"])
days = st.builds(Day, st.just("2026-05-14"), numbers, st.dictionaries(kinds, numbers))


def checked(shown):
    """A message that Telegram takes, as it is read."""
    text, entities = parse_html(shown.html)
    assert text
    assert len(text.encode("utf-16-le")) // 2 <= 4096
    assert len(entities) <= 100
    assert all(row for row in shown.rows)
    return text


@given(reports, st.none() | excerpts())
def test_report(report, excerpt):
    """Whatever is reported fits, and only an open report can be decided."""
    shown = editor_render.report(ENGLISH, report, Verified(excerpt, None, None) if excerpt else None)

    checked(shown)
    assert len([each for row in shown.rows for each in row]) == {"open": 3, "hidden": 1}.get(report.state, 0)


@given(
    st.lists(st.builds(Gap, said, numbers, st.just("2026-05-14")), max_size=30),
    st.integers(0, 9_999),
)
def test_gaps(gaps, page):
    """Every page fits, and a page that is no more is the last one."""
    text = checked(editor_render.gaps(ENGLISH, tuple(gaps), page=page))

    n_pages = -(-len(gaps) // GAPS_A_PAGE)
    first = min(page, n_pages - 1) * GAPS_A_PAGE + 1
    assert (f"{first}. “" in text) == bool(gaps)


@given(
    st.lists(days, min_size=1, max_size=5).map(tuple),
    st.lists(st.tuples(st.none() | said, numbers), max_size=3).map(tuple),
)
def test_stats(found, unhelpful):
    """Whatever was counted, of whatever articles, reads as a few lines."""
    checked(editor_render.stats(ENGLISH, found, unhelpful))
