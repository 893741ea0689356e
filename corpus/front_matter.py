"""Read the YAML that a Markdown file may open with: in this process, so in no more time than a page takes."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from corpus.decode import unreadable

# What opens with `---` and has no second one within this is a rule, not front matter.
MAX_FRONT_MATTER_CHARS = 10_000
# PyYAML compares every token with every bracket that is open: 10,000 of them took it six seconds.
MAX_BRACKETS = 500
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_REMEDY = "mend the lines between the two `---`; put a title with a colon in quotes"
_MERGE, _STRING = "tag:yaml.org,2002:merge", "tag:yaml.org,2002:str"


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML ships no types
    """The safe loader, to which `<<` is a key like any other.

    Where maps are merged into each other, a few hundred letters fill the memory. It is the loader written in
    Python: deep nesting crashes the process in the one written in C.
    """

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        for key, _ in node.value:
            if key.tag == _MERGE:
                key.tag = _STRING


def front_matter(path: Path, text: str) -> tuple[dict[str, object], str]:
    """The fields between the first two `---` lines, and the text after them.

    Raises:
        UnreadableSource: What stands between them is no YAML.
    """
    block = _FRONT_MATTER.match(text[:MAX_FRONT_MATTER_CHARS])
    if block is None:
        return {}, text
    if (n_brackets := block[1].count("[") + block[1].count("{")) > MAX_BRACKETS:
        raise unreadable(
            path, f"has front matter with {n_brackets:,} brackets, which no article has", _REMEDY
        )
    try:
        fields = yaml.load(block[1], Loader=_Loader)  # noqa: S506 - the safe one
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise unreadable(path, f"has front matter that is not YAML: {_first_line(error)}", _REMEDY) from error
    # Not fields: the words between two rules.
    return (fields, text[block.end() :]) if isinstance(fields, dict) else ({}, text)


def _first_line(error: Exception) -> str:
    """What is wrong, and the line of the file where a parser saw it."""
    mark = getattr(error, "problem_mark", None)
    words = str(getattr(error, "problem", None) or error).split("\n", 1)[0]
    return f"{words} (line {mark.line + 2})" if mark else words
