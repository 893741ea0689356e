import pytest
from extraction import FLOOR, PAGES, agreement, f1, pages


@pytest.mark.skipif(not PAGES.exists(), reason="the public sets are not beside the checkout")
def test_articles_are_found_in_real_pages():
    """On one page in twenty of the benchmark, what is found is the article, and dated."""
    read = list(pages(every=20))

    assert f1(read) >= FLOOR
    assert all(page.metadata and page.metadata.published for page in read)


@pytest.mark.parametrize(
    ("truth", "found", "agreed"),
    [
        ("a b c d e", "a b c d e", (1.0, 1.0)),
        ("a b c d e", "a b c d x", (0.5, 0.5)),
        ("a b c d e", "a b c d", (1.0, 0.5)),
        ("a b", "a b c", (0.0, 0.0)),
        ("a", "", (0.0, 0.0)),
        ("", "", (1.0, 1.0)),
    ],
)
def test_agreement_counts_runs_of_four_words(truth, found, agreed):
    """Shorter texts are one run; nothing found where there is something is no agreement."""
    assert agreement(truth, found) == agreed
