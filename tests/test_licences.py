"""What is installed may be used by a program under the MIT licence."""

import re
from importlib.metadata import PackageNotFoundError, metadata

from test_install import brought_along

PERMISSIVE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|CC0|BSL-1\.0|CNRI|Unlicense|HPND", re.IGNORECASE
)
# Whose own files stay under it, while what uses them is free.
BY_FILE = re.compile(r"MPL|Mozilla", re.IGNORECASE)
# What no single word of theirs says.
REASONS = {
    "python-telegram-bot": "LGPL-3.0: imported as it is published, and whoever likes replaces it",
    "tld": "MPL-1.1 is one of the three that may be chosen",
}


def licence_of(name):
    """What a package says of its licence: as an expression, in its classifiers, or in words."""
    about = metadata(name)
    classified = [each for each in about.get_all("Classifier") or () if each.startswith("License")]
    said = about.get("License-Expression") or " ".join(classified) or about.get("License") or ""
    return said[:200]


def test_licences():
    """Every package that an install brings is under a permissive licence, or is excepted with a reason."""
    refused, excepted = {}, set()
    for name in sorted(brought_along("footnote", ["cross-encoder", "plot"])):
        try:
            licence = licence_of(name)
        except PackageNotFoundError:
            continue
        is_free = PERMISSIVE.search(licence) or BY_FILE.search(licence)
        if name in REASONS:
            excepted.add(name)
        elif not is_free or re.search(r"GPL", licence):
            refused[name] = licence

    assert refused == {}
    assert excepted == REASONS.keys()
