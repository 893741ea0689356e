"""Which of the ranked passages are shown."""

from build import article
from hashing_encoder import HashingEncoder
from home import Home

from retrieval.followup import read_query
from retrieval.quoting import DEFAULT_QUOTES, Quoter
from retrieval.ranking import Ranker
from retrieval.types import Query


def test_no_excerpt_is_cut_of_an_article_that_has_enough(tmp_path):
    """Where one long article holds every passage that is found, two of them are cut, not a hundred."""
    home = Home(tmp_path / "home", HashingEncoder())
    rest = "The crew of that day wrote nothing else into the book that lies in the harbour office. " * 9
    home.put(
        article(key="log", text="\n\n".join(f"Ferry {n} carried {n} oranges. {rest}" for n in range(40)))
    )
    home.reindex()
    snapshot, _ = home.snapshots.open_current(encoder=home.encoder.fingerprint)
    ranker = Ranker(snapshot, home.encoder, half_life=14)
    quoter = Quoter(ranker, snapshot.passages, DEFAULT_QUOTES)
    asked = ranker.asked(read_query(Query("How many oranges did the ferry carry?")), None)
    candidates = ranker.rank(asked)
    cut = []

    def quoted(candidate):
        cut.append(candidate)
        return quoter.quote(asked, candidate)

    shown = quoter.choose(candidates, quoted)

    assert len(candidates) >= 40
    assert [each.candidate for each in shown] == cut
    assert len(cut) == DEFAULT_QUOTES.max_an_article
