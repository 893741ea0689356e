from replay import replay

from bot.simulator.floods import FloodLimits, Pace

# Tight enough that the bot meets them in a few seconds.
FLOODS = FloodLimits(chat=Pace(4, 1.0), group=Pace(8, 1.0), overall=Pace(25, 1.0))


async def test_a_crowd_with_floods_blocks_and_restarts():
    """Whatever a crowd does while the bot restarts, each question has one reply, in order, and none fails."""
    done = await replay(200, 15, seed=7, floods=FLOODS, n_restarts=2)

    assert done.problems == []
    assert len(done.asked) > 50
