"""Which passages are ranked for a question."""

import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home

from retrieval.build import BuildOptions, build_snapshot
from retrieval.ranking import MIN_ARTICLES
from retrieval.types import Query


@pytest.mark.parametrize("notes", [3, 12])
def test_other_articles_are_ranked_beside_two_books(tmp_path, notes):
    """Where every passage found is of two books, ten articles are ranked all the same, or all there are."""
    home = Home(tmp_path / "home", HashingEncoder())
    for book in "ab":
        verses = (f"The mayor of town {number} was born in {1000 + number}." for number in range(400))
        home.put(article(key=book, title=book, text=" ".join(verses)))
    home.put(*(article(key=f"note {n}", text=f"The ducks of pond {n} like bread.") for n in range(notes)))
    with home.library() as library:
        options = BuildOptions(cache=home.cache, max_passage_chars=60)
        report = build_snapshot(library, home.snapshots, home.encoder, options=options)

    found = home.searcher().find(Query("When was the mayor of town 321 born?"))

    ranked = {candidate.stored.article_id for candidate in found.candidates}
    assert report.snapshot.passages > 800
    assert {"a", "b"} < ranked
    assert len(ranked) == min(MIN_ARTICLES, 2 + notes)
    assert found.excerpts[0].article.id in {"a", "b"}
    assert len(found.candidates) <= 2 * 50 + MIN_ARTICLES
