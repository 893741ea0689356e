from bot.pace import COOLDOWN_S, Pace


def test_too_often():
    """One question too many in a minute is told once; after a minute of silence all begins anew."""
    now = 0.0
    pace = Pace(2, clock=lambda: now)

    assert [pace.take("nora") for _ in range(5)] == ["answer", "answer", "notice", "silence", "silence"]
    assert pace.take("tomas") == "answer"
    now = COOLDOWN_S - 1
    assert pace.take("nora") == "silence"
    now = COOLDOWN_S
    assert [pace.take("nora") for _ in range(3)] == ["answer", "answer", "notice"]


def test_silence_lasts_a_minute_from_the_notice():
    """The minute of silence begins when it is told, and nothing that is asked in it makes it longer."""
    now = 0.0
    pace = Pace(1, clock=lambda: now)

    assert pace.take("nora") == "answer"
    now = COOLDOWN_S - 1
    assert pace.take("nora") == "notice"
    now = 2 * COOLDOWN_S - 2
    assert pace.take("nora") == "silence"
    now = 2 * COOLDOWN_S - 1
    assert pace.take("nora") == "answer"


def test_seldom():
    """Who asks seldom is always answered."""
    now = 0.0
    pace = Pace(2, clock=lambda: now)

    for _ in range(10):
        now += COOLDOWN_S / 2
        assert pace.take("nora") == "answer"
