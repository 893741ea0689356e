"""Processes that are killed at some moment."""

import subprocess
import sys


def killed_after(seconds, code):
    """Run Python that says "ready" when it begins, kill it so much later; gives the lines it said since."""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.stdout.read().split("\n")[:-1]
