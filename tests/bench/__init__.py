"""Benchmarks: what is measured of Footnote, of the machine, and of others in the same run."""
