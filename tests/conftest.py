"""What the whole suite shares: the encoder, converted once, homes to run commands on, a bot at work.

And what holds of each of its tests: that no secret gets out (`secrets_kept`).
"""

import os
import shutil

import pytest
from command import SAMPLE, Footnote, logging_as_before, spawned
from fetching import Patience
from filelock import FileLock
from hypothesis import settings
from newsroom import ADMINS, FERRY, PIER, Newsroom
from secrets_kept import MARKER, OverheardCapture, search, shared_leaks
from shelf_desk import ShelfDesk
from talk import talking
from web import serving

from corpus.language import detect
from retrieval.cross_encoder import load_cross_encoder
from retrieval.encoder import load_encoder

# A machine that is busy with something else is no reason to fail.
# More of them with --hypothesis-profile=thorough.
settings.register_profile("footnote", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=1_000)
settings.load_profile("footnote")


def pytest_configure(config):
    """Make known how a test says that a secret may stand somewhere."""
    config.addinivalue_line("markers", MARKER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """A test that leaves a secret anywhere fails."""
    report = yield
    search(item, report)
    return report


@pytest.fixture(scope="session", autouse=True)
def _shared_folders_searched(tmp_path_factory, worker_id):
    """No secret is in what tests share."""
    yield
    assert shared_leaks(tmp_path_factory.getbasetemp(), worker_id) == []


@pytest.fixture
def capsys(capsys):
    """Pytest's, of which is noted what is taken out of it."""
    return OverheardCapture(capsys)


@pytest.fixture(scope="session")
def shared(tmp_path_factory, worker_id):
    """Makes a folder once, whichever of the workers that run the suite needs it first."""
    base = tmp_path_factory.getbasetemp()
    base = base if worker_id == "master" else base.parent

    def once(name, make):
        folder, made = base / name, base / f"{name}.made"
        with FileLock(base / f"{name}.lock"):
            if not made.exists():
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

    return once


@pytest.fixture(scope="session")
def models(shared):
    """A folder for converted models that holds the default one: converting it takes ten seconds, once."""
    return shared("models", lambda folder: load_encoder(models=folder, backend="openvino"))


@pytest.fixture(scope="session")
def encoder(models):
    """The real encoder, as `footnote` loads it by default."""
    return load_encoder(models=models, backend="openvino")


@pytest.fixture(scope="session")
def cross_encoder():
    """The packaged cross-encoder."""
    return load_cross_encoder("packaged")


@pytest.fixture
def undisturbed(monkeypatch):
    """What this machine's environment sets is not tested, and what a test does to logging ends with it."""
    for name in [name for name in os.environ if name.startswith("FOOTNOTE_")]:
        monkeypatch.delenv(name)
    with logging_as_before():
        yield


@pytest.fixture(scope="session")
def sampled_home(shared, models):
    """The sample library, indexed."""

    def index(home):
        home.chmod(0o700)
        (home / "models").symlink_to(models)
        for command in (["add", SAMPLE], ["reindex"]):
            assert spawned(home, *command).code == 0

    return shared("sampled", index)


@pytest.fixture
def footnote(tmp_path, capsys):
    """Commands on a home that does not exist yet."""
    return Footnote(tmp_path / "home", capsys)


@pytest.fixture
def sampled(tmp_path, capsys, sampled_home):
    """Commands on a home of its own that holds the sample library, indexed."""
    shutil.copytree(sampled_home, tmp_path / "home", symlinks=True)
    return Footnote(tmp_path / "home", capsys)


@pytest.fixture
def desk():
    """Three articles."""
    return ShelfDesk()


@pytest.fixture(params=["polling", "webhook"])
async def telegram(request, desk):
    """A simulated Telegram with the bot at work, by either way."""
    async with talking(desk, by=request.param) as simulator:
        yield simulator


@pytest.fixture
async def polled(desk):
    """The same by polling, for what does not depend on the way."""
    async with talking(desk) as simulator:
        yield simulator


@pytest.fixture(scope="session")
def language_model():
    """What tells languages, loaded: on a busy machine that takes longer than a reply may."""
    detect("The ferry left Harbour Street at dawn.")


@pytest.fixture(scope="session")
def searched_home(tmp_path_factory, language_model):
    """A newsroom's home with two articles, indexed."""
    folder = tmp_path_factory.mktemp("searched")
    newsroom = Newsroom(folder / "home")
    for name, content in (("ferry.txt", FERRY), ("pier.txt", PIER)):
        (folder / name).write_bytes(content)
        newsroom.add(str(folder / name))
    newsroom.desk().reindex()
    return newsroom.path


@pytest.fixture
def room(tmp_path, searched_home):
    """A newsroom of its own that holds these articles."""
    shutil.copytree(searched_home, tmp_path / "home")
    return Newsroom(tmp_path / "home")


@pytest.fixture
def newsroom(tmp_path, language_model):
    """A home that is not there yet."""
    return Newsroom(tmp_path / "home")


@pytest.fixture
async def served(newsroom):
    """A simulated Telegram with the bot of that home at work, and two admins."""
    desk = newsroom.desk()
    async with talking(desk, editor=newsroom.editor(desk), admins=ADMINS) as simulator:
        yield simulator


@pytest.fixture
def web():
    """A web server on loopback that has no pages yet."""
    with serving() as web:
        yield web


@pytest.fixture
def patience():
    """How a fetcher of `fetching` waits."""
    return Patience()


@pytest.fixture
def fetching(patience):
    """Makes fetchers that may read from loopback."""
    return patience.fetching
