from types import SimpleNamespace

import pytest
from secrets_kept import MARK, TOKEN, WEBHOOK_SECRET, Overheard, OverheardCapture, files_with, hear, leaks


class Item:
    """What is asked of a test that has ended."""

    nodeid = "test_it"

    def __init__(self, folder=None, allowed=()):
        self.funcargs = {"tmp_path": folder} if folder else {}
        self._allowed = [SimpleNamespace(args=(place, "because")) for place in allowed]

    def iter_markers(self, name):
        """The exceptions it makes."""
        return self._allowed


def test_both_secrets():
    """The token and the secret of webhooks hold what is searched for."""
    assert MARK in TOKEN
    assert MARK in WEBHOOK_SECRET


@pytest.mark.parametrize(
    "section", ["Captured stdout call", "Captured stderr setup", "Captured log teardown"]
)
def test_printed(section):
    """A test that prints or logs the token fails, and is told where."""
    report = SimpleNamespace(sections=[("Captured stdout call", "fine"), (section, f"GET /bot{TOKEN}/getMe")])

    assert leaks(Item(), report) == section


def test_seen(capsys):
    """What a test takes out of what was printed, or hears from a process, counts as much, once."""
    print(TOKEN)  # noqa: T201 - what is tested
    OverheardCapture(capsys).readouterr()
    with Overheard(["echo", TOKEN], stdout=-1, encoding="utf-8") as process:
        process.communicate()
    hear("nothing", {"text": TOKEN})

    assert leaks(Item(), SimpleNamespace(sections=[])) == "what it was told"
    assert leaks(Item(), SimpleNamespace(sections=[])) == ""


def test_written(tmp_path):
    """So does one that leaves it in a file, in whichever folder and however deep in a large one."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "large.db").write_bytes(b"x" * 4_194_290 + WEBHOOK_SECRET.encode())
    (tmp_path / "clean.db").write_bytes(b"x" * 5_000_000)
    (tmp_path / "link").symlink_to(tmp_path / "a" / "large.db")
    (tmp_path / f"{MARK}.txt").touch()

    found = {path.relative_to(tmp_path).as_posix() for path in files_with(tmp_path)}
    for path in files_with(tmp_path):
        path.unlink()

    assert found == {"a/large.db", f"{MARK}.txt"}


def test_named():
    """Nor may a test be named by the token, as one is by what it is given."""
    item = Item()
    item.nodeid = f"test_it[{TOKEN}]"

    assert leaks(item, SimpleNamespace(sections=[])) == "its name"


def test_exception(tmp_path):
    """A place that a test names with a reason may hold it, another may not."""
    for name in ("token", "other"):
        (tmp_path / name).write_text(TOKEN)

    found = leaks(Item(tmp_path, allowed=("token",)), SimpleNamespace(sections=[]))
    (tmp_path / "other").unlink()
    (tmp_path / "token").unlink()

    assert found == "other"
