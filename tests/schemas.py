"""Files as earlier footnotes wrote them, one a schema, also those of before the first release."""

import sqlite3
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "schemas"
LIBRARIES = sorted(path.stem for path in FOLDER.glob("library-*.sql"))
ACTIVITIES = sorted(path.stem for path in FOLDER.glob("activity-*.sql"))


def write(name, path):
    """Make the file of a schema at a path."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript((FOLDER / f"{name}.sql").read_text("utf-8"))
        if name.startswith("library"):
            database.execute("PRAGMA journal_mode = WAL")
    return path


def rows(path):
    """All rows of all tables, each as a set of columns with what stands there."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")]
            for (name,) in tables
            if not name.startswith("sqlite_")
        }
