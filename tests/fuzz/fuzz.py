"""Fuzz one target, or each in turn, for some seconds: `python tests/fuzz/fuzz.py [TARGET] --seconds 60`.

Needs atheris (`pip install --group fuzz`). Starts from the inputs that are kept in `corpus/`; one that breaks
a promise is written to the folder it was started in, and belongs in there once what it found is mended.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
with atheris.instrument_imports(include=["bot", "corpus", "retrieval", "markdown_it", "feedparser"]):
    from targets import CORPUS, TARGETS

    from corpus.language import detect


def main() -> None:
    """Run what is asked for, each target in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS])
    parser.add_argument("--seconds", type=int, default=60)
    said = parser.parse_args()
    if len(said.targets) == 1:
        fuzz(said.targets[0], said.seconds)
        return
    failed = [name for name in said.targets or TARGETS if _fuzzed(name, said.seconds)]
    sys.exit(f"Found something: {', '.join(failed)}" if failed else 0)


def fuzz(name: str, seconds: int) -> None:
    """Run a target until the time is over or it fails."""
    detect("Its model is loaded here, and not in the time of the first input.")
    kept = CORPUS / name
    with tempfile.TemporaryDirectory(prefix="footnote-fuzz-") as found:
        limits = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=4000", "-max_len=20000"]
        quiet = ["-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={name}-"]
        atheris.Setup([sys.argv[0], found, str(kept), *limits, *quiet], TARGETS[name])
        atheris.Fuzz()


def _fuzzed(name: str, seconds: int) -> int:
    sys.stderr.write(f"{name}: {seconds} s\n")
    return subprocess.run([sys.executable, __file__, name, "--seconds", str(seconds)], check=False).returncode


if __name__ == "__main__":
    main()
