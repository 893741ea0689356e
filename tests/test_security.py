import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
LINKS = re.findall(r"\[([^\]]+)\]\(([^)#]+)\)", PAGE)


def test_what_is_named_is_there():
    """Every file that the threat model names exists, and is called by its own path."""
    missing = [path for _, path in LINKS if not (ROOT / path).exists()]
    misnamed = [name for name, path in LINKS if not path.startswith(name) and name != "tests/fuzz/corpus"]

    assert len(LINKS) > 40
    assert missing == misnamed == []


def test_every_threat_is_tested():
    """Each row of what can and cannot be done names a test, or says that there is no defence."""
    table = PAGE.partition("## What each can and cannot do")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("|")][2:]

    untested = [row[0].strip() for row in rows if "tests/test_" not in row[-1] and "no defence" not in row[1]]

    assert untested == ["a stolen token"]
