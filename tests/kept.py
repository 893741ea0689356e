"""What a backup keeps of a home, to compare two of them."""

from schemas import rows

PARTS = ("library.db", "activity.db", "people.key", "footnote.toml", "snapshots/CURRENT")


def kept(home):
    """Every row of a home's databases, and the content of the files beside them, by name."""
    found = {name: rows(home / name) for name in PARTS[:2] if (home / name).exists()}
    for name in PARTS[2:]:
        if (home / name).exists():
            found[name] = (home / name).read_bytes()
    return found
