import pytest
from command import spawned

from corpus.lock import writing

pytestmark = pytest.mark.usefixtures("undisturbed")


@pytest.fixture
def folder(tmp_path):
    """A folder of eight articles."""
    made = tmp_path / "in"
    made.mkdir()
    for n in range(8):
        (made / f"{n}.txt").write_text(f"Article {n} says what it says.")
    return made


def test_from_watch_to_unwatch(footnote, folder):
    """A folder is watched, read at once, listed with how it goes, and let go with its articles kept."""
    watched = footnote("watch", folder, "--every", "30m", "--policy", "remove")
    read, idle = footnote("refresh"), footnote("refresh")
    listed, as_json = footnote("watch"), footnote("watch", "--json").json
    let_go = footnote("unwatch", f"{folder}/")

    assert (watched.code, watched.out.splitlines()[-1]) == (0, "Next: footnote refresh")
    assert "every 30 min · removes what is gone · 0 articles · not read yet" in watched.out
    assert (read.code, read.out) == (0, "8 added\nNext: footnote reindex\n")
    assert (idle.code, idle.out) == (0, "Nothing is due\n")
    assert "every 30 min · removes what is gone · 8 articles · read " in listed.out
    assert (as_json["source"], as_json["every_s"], as_json["policy"]) == (str(folder), 1800, "remove")
    assert (as_json["failures"], as_json["problem"], as_json["alarm"]) == (0, None, None)
    assert (let_go.code, let_go.out) == (0, f"{folder}/: unwatched\n")
    assert footnote("watch").err == "Nothing is watched. Next: footnote watch SOURCE\n"
    assert len(footnote("articles").out.splitlines()) == 8


def test_an_alarm(footnote, folder, models):
    """A scan that is not believed is exit code 1, stands in the list and in status, and can be forced."""
    footnote.home.mkdir(mode=0o700)
    (footnote.home / "models").symlink_to(models)
    footnote("watch", folder)
    footnote("refresh")
    for path in folder.iterdir():
        path.unlink()

    refused, listed = footnote("refresh", folder), footnote("watch")
    status, doctor = footnote("status"), footnote("doctor", "--json").json_lines
    forced = footnote("refresh", folder, "--force", "--json")

    assert (refused.code, refused.out) == (1, "Nothing has changed\n")
    assert refused.err.startswith(f"{folder} holds no articles any more; all 8 are kept. Fix: ")
    assert f"  ALARM: {folder} holds no articles any more" in listed.out
    assert "holds no articles any more" in status.out
    [finding] = [each for each in doctor if each["part"] == "watches"]
    assert (finding["state"], finding["remedy"]) == ("failed", "footnote watch")
    assert (forced.code, forced.json["status"], forced.json["gone"]) == (0, "refreshed", 8)


def test_what_is_not_watched(footnote, folder):
    """What is named and not watched is told with the way out, exit code 1; the others are read."""
    footnote("watch", folder)

    (folder / "below").mkdir()
    ran, alone = footnote("refresh", "/elsewhere", folder), footnote("refresh", folder / "below")
    let_go = footnote("unwatch", "/elsewhere")

    assert (ran.code, ran.out.splitlines()[0]) == (1, "8 added, 1 failed")
    remedy = "check the spelling; footnote watch lists what is"
    assert ran.err.splitlines()[0] == f"/elsewhere is not watched. Fix: {remedy}"
    assert (alone.code, alone.out) == (1, "1 failed\n")
    assert alone.err == f"{folder}/below is not watched. Fix: footnote watch {folder}/below\n"
    assert (let_go.code, let_go.err) == (1, "/elsewhere: is not watched; footnote watch lists what is\n")


def test_an_article_of_two_watches(footnote, folder):
    """An article that two watches lead to is counted once, and as changed where one of them finds it so."""
    (folder / "below").mkdir()
    for n in range(2):
        (folder / f"{n}.txt").rename(folder / "below" / f"{n}.txt")
    footnote("watch", folder, folder / "below")
    footnote("refresh")

    same = footnote("refresh", folder, folder / "below")
    (folder / "below" / "0.txt").write_text("Article 0 says something else.")
    changed = footnote("refresh", folder, folder / "below")

    assert same.out == "8 unchanged\n"
    assert changed.out == "7 unchanged, 1 updated\nNext: footnote reindex\n"


def test_what_cannot_be_watched(footnote, folder):
    """A folder that is not there and an interval that is none are refused."""
    gone, odd = footnote("watch", folder / "gone"), footnote("watch", folder, "--every", "often")

    assert (gone.code, odd.code) == (1, 2)
    assert "neither an existing folder or file nor a web address" in gone.err
    assert "'often' is no interval: write 30m, 6h or 1d" in odd.err


def test_without_a_library(footnote, folder):
    """Listing makes no home; refreshing and letting go say what comes first."""
    assert (footnote("watch").code, footnote.files()) == (0, set())
    for command in (["refresh"], ["unwatch", folder]):
        ran = footnote(*command)
        assert (ran.code, footnote.files()) == (2, set())
        assert "there is no library" in ran.err


@pytest.mark.parametrize("command", [["refresh"], ["watch", "."], ["unwatch", "."]])
def test_one_writer(footnote, folder, command):
    """While another process writes to the home, watches are neither changed nor read."""
    footnote("watch", folder)
    with writing(footnote.home):
        ran = footnote(*command)

    assert ran.code == 2
    assert "wait until it has finished" in ran.err


def test_what_may_not_be_listed(footnote, folder):
    """Files below a folder that may not be listed are not taken for gone."""
    (folder / "below").mkdir()
    for n in range(3):
        (folder / f"{n}.txt").rename(folder / "below" / f"{n}.txt")
    footnote("watch", folder, "--policy", "remove")
    footnote("refresh")
    (folder / "below").chmod(0)

    ran = spawned(footnote.home, "refresh", folder, unprivileged=True)
    (folder / "below").chmod(0o755)

    assert ran.code == 1
    assert "is a folder this user may not list" in ran.err
    assert len(footnote("articles").out.splitlines()) == 8


def test_articles_say_what_is_gone(footnote, folder):
    """An article that is gone at its source is marked in the list, with since when in JSON."""
    footnote("watch", folder)
    footnote("refresh")
    (folder / "3.txt").unlink()
    refreshed = footnote("refresh", folder)

    listed, as_json = footnote("articles").out.splitlines(), footnote("articles", "--json").json_lines

    assert refreshed.out == "7 unchanged, 1 gone\n"
    assert sum(line.endswith("gone at its source") for line in listed) == 1
    assert sum(each["gone"] is not None for each in as_json) == 1
