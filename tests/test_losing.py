import pytest
from build import article
from hashing_encoder import HashingEncoder
from home import Home

from bot.config import load_config
from bot.home_desk import HomeDesk
from bot.words import ENGLISH, MAX_PREVIEWED
from corpus.losing import Losing
from retrieval.errors import LossError


@pytest.fixture
def home(tmp_path):
    """Ten articles, indexed."""
    made = Home(tmp_path / "home", HashingEncoder())
    made.put(*(article(key=f"a{n}", title=f"Title {n}", text=f"Words of number {n}.") for n in range(10)))
    made.reindex()
    return made


def desk_of(home, **flags):
    """The home as the bot has it."""
    flags = {"cross_encoder": "off", **flags}
    return HomeDesk(load_config(home=home.path, environ={}, flags=flags), home.encoder)


@pytest.mark.parametrize(
    ("n_lost", "n_before", "too_much"),
    [(0, 10, False), (4, 4, False), (5, 5, True), (30, 100, False), (31, 100, True), (5, 1_000, False)],
)
def test_how_much_is_too_much(n_lost, n_before, too_much):
    """More than the share and no fewer than five; with force nothing is."""
    assert Losing(0.3).is_too_much(n_lost, n_before) is too_much
    assert not Losing(0.3, force=True).is_too_much(n_lost, n_before)


def test_a_reindex_that_would_lose_many_stops(home):
    """It says how many of how many and the way on; the old snapshot answers; forced, it goes on."""
    home.remove(*(f"a{n}" for n in range(5)))
    desk = desk_of(home)

    with pytest.raises(LossError, match="drop 5 of the 10 articles") as refused:
        desk.reindex()

    assert "footnote reindex --force" in refused.value.remedy
    assert desk.info().articles == 10
    assert desk.reindex(force=True).snapshot.articles == 5


def test_a_few_may_go(home):
    """Fewer than five, or a smaller share than the setting allows, go without asking."""
    home.remove(*(f"a{n}" for n in range(4)))
    first = desk_of(home).reindex().changes.removed
    home.put(*(article(key=f"b{n}", text=f"Words of another {n}.") for n in range(10)))
    home.reindex()
    home.remove(*(f"b{n}" for n in range(8)))

    assert (first, desk_of(home, max_loss=0.6).reindex().changes.removed) == (4, 8)


def test_preview(home):
    """What a reindex would change is named article by article, and whether it would be refused."""
    home.put(article(key="new", title="New one"), article(key="a9", title="Title 9", text="Other words."))
    home.remove(*(f"a{n}" for n in range(5)))

    preview = desk_of(home).preview()
    lines = ENGLISH.previewed(preview).splitlines()

    assert [each.metadata.title for each in preview.added] == ["New one"]
    assert [each.id for each in preview.updated] == ["a9"]
    assert [each.metadata.title for each in preview.removed] == [f"Title {n}" for n in range(5)]
    assert lines[:3] == [
        "A reindex would take in: 1 new, 1 changed, 5 removed.",
        "+ New one  (new)",
        "~ Title 9  (a9)",
    ]
    assert lines[3:8] == [f"− Title {n}  (a{n})" for n in range(5)]
    assert lines[8].startswith("a reindex would drop 5 of the 10 articles")


def test_a_long_preview_is_cut(home):
    """Of each kind the first articles are named and the others counted."""
    home.put(*(article(key=f"b{n:02}", text=f"Words of another {n}.") for n in range(25)))

    lines = ENGLISH.previewed(desk_of(home).preview()).splitlines()

    assert len(lines) == 1 + MAX_PREVIEWED + 1
    assert lines[-1] == "+ and 5 more"
