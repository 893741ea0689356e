"""What an install brings is what was tested."""

from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"


def pinned():
    """Every pinned version by name."""
    required = map(Requirement, CONSTRAINTS.read_text().splitlines())
    here = (each for each in required if each.marker is None or each.marker.evaluate())
    return {canonicalize_name(each.name): str(each.specifier).removeprefix("==") for each in here}


def brought_along(name, extras=()):
    """The names of everything that installing ``name`` installs, itself left out."""
    found, waiting = set(), [(name, frozenset(extras))]
    seen = set(waiting)
    while waiting:
        current, wanted = waiting.pop()
        for line in requires(current) or ():
            required = Requirement(line)
            if required.marker and not any(
                required.marker.evaluate({"extra": extra}) for extra in wanted | {""}
            ):
                continue
            found.add(canonicalize_name(required.name))
            step = (required.name, frozenset(required.extras))
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return found


def test_every_dependency_is_pinned():
    """Each package that footnote or an extra of it brings has one version, the one installed here."""
    pins, unpinned = pinned(), []
    for name in sorted(brought_along("footnote", ["cross-encoder", "plot"])):
        try:
            installed = version(name).partition("+")[0]
        except PackageNotFoundError:
            continue
        if pins.get(name) != installed:
            unpinned.append((name, installed, pins.get(name)))

    assert unpinned == []


def test_torch_is_the_build_without_cuda():
    """One release of torch is pinned: the newest would bring gigabytes of CUDA along."""
    assert pinned()["torch"] == "2.13.0"
