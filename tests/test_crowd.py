from crowd import Crowd
from shelf_desk import ShelfDesk
from soak import notices
from talk import talking

from bot.group_rules import GroupRules
from bot.intake import Intake
from bot.simulator.floods import FloodLimits

# As by default, for the notices name the numbers.
RULES = GroupRules()


async def test_more_than_is_answered():
    """Under more than there are places for, whoever asks is answered once or told to try again."""
    async with talking(ShelfDesk(), rules=RULES, intake=Intake(8), floods=FloodLimits()) as telegram:
        crowd = Crowd(telegram, 60, notices=notices())
        await crowd.burst(40)
        telegram.world.lag_s = 0.05
        await crowd.ask_for(1.5, 40)
        telegram.world.lag_s = 0.0
        await telegram.wait_for(lambda: not crowd.waiting(), timeout_s=60)
        crowd.tidy()

    counted = crowd.counts()
    assert crowd.doubled() == crowd.unlawful == []
    assert counted["answered"] > 8
    assert counted["told"] > 8
