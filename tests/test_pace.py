from bot.pace import Pace


def test_too_often():
    """Who has asked as much as there is in a minute waits until it has come in again; others do not."""
    now = 0.0
    pace = Pace(2, clock=lambda: now)

    assert [pace.take("nora", 1) for _ in range(3)] == [True, True, False]
    assert pace.take("tomas", 1)
    now = 29.0
    assert not pace.take("nora", 1)
    now = 30.0
    assert [pace.take("nora", 1) for _ in range(2)] == [True, False]


def test_what_costs_more_than_a_minute_allows():
    """It may be asked all the same, by whoever has asked nothing for a minute."""
    now = 0.0
    pace = Pace(2, clock=lambda: now)

    assert [pace.take("nora", 5), pace.take("nora", 1)] == [True, False]
    now = 60.0
    assert pace.take("nora", 5)


def test_asking_whether_takes_nothing():
    """Whether something may be asked is no asking."""
    pace = Pace(1, clock=lambda: 0.0)

    assert all(pace.allows("nora", 1) for _ in range(5))
    assert pace.take("nora", 1)
    assert not pace.allows("nora", 1)
