"""Why a page was not read, in words that go on from its address: "… leads to an address inside"."""

from __future__ import annotations


class Refused(Exception):
    """What is wrong with an address or with what its server said; asking again would not help.

    Args:
        problem: What is wrong, as a sentence that goes on from the address.
        remedy: What mends it.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


class Passing(Refused):
    """What may be over in a moment: a busy server, a broken connection.

    Args:
        problem: As in `Refused`.
        remedy: As in `Refused`.
        retry_after_s: How long the server asks to be left alone, in seconds; 0 where it does not say.
    """

    def __init__(self, problem: str, remedy: str, *, retry_after_s: float = 0.0) -> None:
        super().__init__(problem, remedy)
        self.retry_after_s = retry_after_s
