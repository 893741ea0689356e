import pytest
from rush import UNLIMITED, WITHOUT_END, Rush, rushed

# Twice of what is answered.
RUSH = Rush(rate=50, service_s=0.08, seconds=20, n_chats=200)


@pytest.mark.parametrize("rules", [UNLIMITED, Rush().rules], ids=["places only", "limits too"])
def test_one_noisy_chat(rules):
    """One chat that asks twenty times a second makes nobody else wait noticeably longer, or go without."""
    quiet = rushed(Rush(**{**vars(RUSH), "rules": rules}))
    noisy = rushed(Rush(**{**vars(RUSH), "rules": rules, "noise": 20}))

    assert noisy.percentile(0.95) < 1.1 * quiet.percentile(0.95)
    assert len(noisy.others_s) > 0.95 * len(quiet.others_s)
    assert noisy.noisy_s


def test_no_longer_than_the_places_take():
    """Under more than is answered nobody waits longer than two rounds of the places; else it grows."""
    bounded = rushed(RUSH)
    short, long = (
        rushed(Rush(**{**vars(RUSH), "rules": UNLIMITED, "most": WITHOUT_END, "seconds": seconds}))
        for seconds in (10, 20)
    )

    assert bounded.most_inside <= RUSH.most
    assert bounded.percentile(0.99) < 2 * RUSH.most * RUSH.service_s / 2
    assert long.percentile(0.99) > 1.5 * short.percentile(0.99)
