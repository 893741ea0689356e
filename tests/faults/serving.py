"""A bot that is killed while it answers and indexes, and started again: does every question get its reply?"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Sequence

from talk import quotations

from bot.simulator import ADMIN, Simulator
from bot.simulator.types import Message, User
from faults.faulty_disk import CHANGES, COUNTED, Action, Fault
from faults.scenes import Scene
from faults.stories import name_in, question_about
from faults.trial import Trial
from faults.zygote import Ran

_SCENE = "reindex"
_N_READERS = 5
_N_EACH = 2
# What a bot writes beside the reindex: who asked, what it has handled, its acts.
_N_OTHER_CALLS = 60
# On a machine that does much else, a bot takes seconds to begin.
_PATIENCE_S = 60.0


def serve(trial: Trial) -> None:
    """Kill a bot at one of its calls, or at any moment, and start it again: nobody may be left waiting."""
    scene = trial.scenes[_SCENE]
    trial.stage.set(scene.name)
    action = trial.chance.choice((Action.KILL_BEFORE, Action.KILL_AFTER, Action.KILL_TORN))
    at = trial.chance.randint(1, scene.n_calls + _N_OTHER_CALLS)
    fault = Fault(action, CHANGES, at, at)
    during = f"serve, {fault}"
    asyncio.run(_Serving(trial, scene, during).run(fault))
    trial.look(scene, {}, during)
    trial.expect_health(during)


class _Serving:
    """One trial."""

    def __init__(self, trial: Trial, scene: Scene, during: str) -> None:
        self._trial = trial
        self._scene = scene
        self._during = during

    async def run(self, fault: Fault) -> None:
        async with Simulator() as telegram:
            readers = [telegram.world.add_user(User(30_000 + n, f"Reader {n}")) for n in range(_N_READERS)]
            asked = await self._ask(telegram, readers)
            await telegram.say("/reindex", chat=ADMIN.id)
            killed = await self._killed(telegram, asked, fault)
            self._trial.counts["killed during serve"] += killed.was_killed
            self._trial.counts["kills"] += killed.was_killed
            self._trial.look(self._scene, {}, self._during)
            asked += await self._ask(telegram, readers)
            await self._answered(telegram, asked)
            self._trial.wounds += [f"{self._during}: {each}" for each in self._wrong(telegram, asked)]

    async def _ask(self, telegram: Simulator, readers: Sequence[object]) -> list[Message]:
        names = [name_in(text) for text in self._scene.before.heads.values()]
        return [
            await telegram.say(question_about(self._trial.chance.choice(names)), chat=reader)
            for _ in range(_N_EACH)
            for reader in readers
        ]

    async def _killed(self, telegram: Simulator, asked: list[Message], fault: Fault) -> Ran:
        """A bot that is killed at its call, or once all is answered."""
        number = self._start(telegram, fault)
        ending = asyncio.create_task(asyncio.to_thread(self._trial.stage.zygote.ended, number))
        answering = asyncio.create_task(self._all_replied(telegram, asked))
        await asyncio.wait((ending, answering), return_when=asyncio.FIRST_COMPLETED)
        if not ending.done():
            os.kill(number, signal.SIGKILL)
        answering.cancel()
        return await ending

    async def _answered(self, telegram: Simulator, asked: list[Message]) -> None:
        """A bot that is left in peace until all is answered, and stopped then."""
        number = self._start(telegram, COUNTED)
        await self._all_replied(telegram, asked)
        os.kill(number, signal.SIGTERM)
        ran = await asyncio.to_thread(self._trial.stage.zygote.ended, number)
        if ran.code != 0:
            self._trial.wounds.append(f"{self._during}: it does not end well: {ran}")

    def _start(self, telegram: Simulator, fault: Fault) -> int:
        stage = self._trial.stage
        environ = {
            "FOOTNOTE_TELEGRAM_TOKEN": telegram.token,
            "FOOTNOTE_TELEGRAM_API_URL": telegram.url,
            "FOOTNOTE_ADMINS": str(ADMIN.id),
        }
        return stage.zygote.start(["--home", stage.home, "serve"], stage.trial, fault, environ=environ)

    async def _all_replied(self, telegram: Simulator, asked: list[Message]) -> None:
        try:
            await telegram.wait_for(
                lambda: all(_replies(telegram, each) for each in asked), timeout_s=_PATIENCE_S
            )
        except TimeoutError:
            return  # what has no reply is told as that

    def _wrong(self, telegram: Simulator, asked: list[Message]) -> list[str]:
        """Which questions got no reply or too many, and which quotations nobody wrote; in words."""
        texts = [_flat(text) for _, _, text in self._scene.before.versions.values()]
        wrong = []
        for question in asked:
            replies = _replies(telegram, question)
            # What was being answered when the bot was killed is answered once more.
            if not 1 <= len(replies) <= 2:
                wrong.append(f"{question.text!r} has {len(replies)} replies")
            for quoted in (each for reply in replies for each in quotations(reply)):
                if not any(_flat(quoted) in text for text in texts):
                    wrong.append(f"{question.text!r} is answered with {quoted!r}, which nothing says")
            if replies and not any(map(quotations, replies)):
                wrong.append(f"{question.text!r} is answered with no quotation: {replies[0].text!r}")
        return wrong


def _replies(telegram: Simulator, question: Message) -> list[Message]:
    return [
        each
        for each in telegram.messages(question.chat.id)
        if each.sender == telegram.world.bot
        and each.reply_to
        and each.reply_to.message_id == question.message_id
    ]


def _flat(text: str) -> str:
    return " ".join(text.split())
