"""A crowd that asks a bot at a steady rate, and what came of it: answers, and words to wait."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from lawful import unlawful

from bot.simulator import Simulator, inline
from bot.simulator.types import Chat, Message, User
from bot.simulator.world import Event

Kind = Literal["private", "group", "inline", "noisy"]

# Of the sample library: answered, not answered, narrowed, leaning on the question before, long.
QUESTIONS = (
    "How much is an adult day return to Orrey?",
    "How much will the flood barrier cost?",
    "Who took the photograph of the lifeboat Mercy?",
    "Is it safe to eat oysters with the parasite?",
    "Who won the 2018 World Cup final?",
    "When does the late boat leave?",
    "And for children?",
    'Who paid for the barrier? source:"Harbour Line"',
    "What did the council say? author:Nobody after:2031",
    "Why do the trams strike, what do their drivers ask for, and what did the company answer them " * 3,
)
# How many of a hundred questions are asked where.
SHARES: dict[Kind, int] = {"private": 75, "group": 15, "inline": 10}
GROUPS_SHARE = 10  # a chat in so many is a group
# Somebody who was told to come back in a minute may be passed over until then; a second for the way.
TOLD_FOR_S = 61.0
# What is older is taken out of the simulator, which would keep it for ever.
KEEP_S = 120.0


@dataclass(slots=True)
class Asked:
    """A question, and what came of it.

    Attributes:
        who: The person, or in a group the group: who is told that the bot is busy.
        at: When it was asked, in seconds.
        replies: When each reply to it came, and whether that was an answer.
    """

    kind: Kind
    who: int
    at: float
    replies: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def answered_s(self) -> float | None:
        """How long the answer took, None where there was none."""
        return next((at - self.at for at, is_answer in self.replies if is_answer), None)


class Crowd:
    """People and groups of a simulated Telegram that ask a bot.

    Args:
        telegram: Where they are.
        n_chats: How many chats.
        notices: What the bot says instead of an answer where too much is asked.
        seed: Of the chance.
    """

    def __init__(
        self, telegram: Simulator, n_chats: int, *, notices: Iterable[str] = (), seed: int = 1
    ) -> None:
        self._telegram = telegram
        self._notices = frozenset(notices)
        self._chance = random.Random(seed)
        world = telegram.world
        world.inline.enabled = True
        n_groups = n_chats // GROUPS_SHARE
        self.people = [User(20_000 + number, f"Reader {number}") for number in range(n_chats - n_groups)]
        self._private = [world.add_user(each) for each in self.people]
        self._groups = [
            world.add_chat(Chat(-1_002_000_000 - number, "supergroup", f"Group {number}"))
            for number in range(n_groups)
        ]
        self.asked: dict[object, Asked] = {}
        self.unlawful: list[str] = []
        self._said: deque[tuple[float, Message]] = deque()
        self._typed = 0
        self._typing: dict[int, Asked] = {}  # by the person's number
        world.watchers.append(self._note)

    async def ask_for(self, seconds: float, rate: float) -> None:
        """Ask so many questions a second, at random moments, for so long."""
        now = started = time.monotonic()
        while (now := now + self._chance.expovariate(rate)) < started + seconds:
            await asyncio.sleep(max(0.0, now - time.monotonic()))
            await self.ask()

    async def burst(self, count: int) -> None:
        """Ask so many questions at one moment."""
        for _ in range(count):
            await self.ask()

    async def make_noise(self, seconds: float, rate: float) -> None:
        """Let the first person ask so many questions a second, evenly."""
        chat = self._private[0]
        for _ in range(int(seconds * rate)):
            await self._say("noisy", chat, self._chance.choice(QUESTIONS), self.people[0])
            await asyncio.sleep(1 / rate)

    async def ask(self) -> None:
        """Let somebody ask something somewhere."""
        [kind] = self._chance.choices(list(SHARES), list(SHARES.values()))
        text = self._chance.choice(QUESTIONS)
        person = self._chance.randrange(1, len(self.people))
        if kind == "inline":
            self._type(text, self._idle(person))
        elif kind == "group" and self._groups:
            await self._say("group", self._chance.choice(self._groups), f"/ask {text}", self.people[person])
        else:
            await self._say("private", self._private[person], text, self.people[person])

    def waiting(self) -> list[Asked]:
        """The questions without a reply that are lost unless one comes: nobody told who asked to wait."""
        told = sorted((at, each.who) for each in self.asked.values() for at, is_ in each.replies if not is_)
        when: dict[int, list[float]] = {}
        for at, who in told:
            when.setdefault(who, []).append(at)
        return [
            each
            for each in self.asked.values()
            if not each.replies
            # A notice may be on its way still when the next question is asked.
            and not any(abs(each.at - at) < TOLD_FOR_S for at in when.get(each.who, ()))
        ]

    def doubled(self) -> list[Asked]:
        """The questions that got more than one reply."""
        return [each for each in self.asked.values() if len(each.replies) > 1]

    def counts(self) -> Counter[str]:
        """How many were asked, answered, told to wait, and passed over after that."""
        counted = Counter(asked=len(self.asked))
        for each in self.asked.values():
            came = "answered" if each.answered_s is not None else "told" if each.replies else "passed over"
            counted[came] += 1
        return counted

    def took_s(self, *kinds: Kind) -> list[float]:
        """How long the answers took, shortest first; of all kinds where none is named."""
        chosen = (each for each in self.asked.values() if not kinds or each.kind in kinds)
        return sorted(took for each in chosen if (took := each.answered_s) is not None)

    def tidy(self) -> None:
        """Hold the bot's calls against the Bot API, and let go of them and of old messages."""
        world = self._telegram.world
        self.unlawful += unlawful(world.requests)
        world.requests.clear()
        while self._said and self._said[0][0] < time.monotonic() - KEEP_S:
            _, message = self._said.popleft()
            world.forget(message)

    async def _say(self, kind: Kind, chat: Chat, text: str, user: User) -> None:
        at = time.monotonic()
        message = await self._telegram.say(text, chat=chat, user=user)
        who = user.id if chat.is_private else chat.id
        self.asked[chat.id, message.message_id] = Asked(kind, who, at)
        self._said.append((at, message))

    def _type(self, text: str, person: int) -> None:
        self._typed += 1
        # Telegram gives what is kept to whoever types the same again.
        at, words = time.monotonic(), f"{text[:200]} {self._typed}"
        query = inline.ask(self._telegram.world, self._private[person], self.people[person], words)
        self.asked[query.id] = self._typing[person] = Asked("inline", self.people[person].id, at)

    def _idle(self, person: int) -> int:
        """That person, or the next who waits for nothing: who types on leaves the words before behind."""
        long_ago = time.monotonic() - TOLD_FOR_S
        others = (*range(person, len(self.people)), *range(1, person))
        idle = (
            each
            for each in others
            if (last := self._typing.get(each)) is None or last.replies or last.at < long_ago
        )
        return next(idle, person)

    def _note(self, event: Event) -> None:
        payload, now = event.payload, time.monotonic()
        if event.kind == "offers":
            button = payload["button"]
            is_notice = button is not None and button["text"] in self._notices
            self._replied(payload["query_id"], now, is_answer=not is_notice)
            self._telegram.world.inline.offered.pop(payload["query_id"], None)
        elif event.kind == "message" and payload["from"]["is_bot"]:
            replied = payload.get("reply_to_message")
            name = (event.chat_id, replied["message_id"] if replied else 0)
            self._replied(name, now, is_answer=payload["text"] not in self._notices)
            ours = self._telegram.world.message(event.chat_id, payload["message_id"])
            if ours is not None:
                self._said.append((now, replace(ours)))

    def _replied(self, name: object, at: float, *, is_answer: bool) -> None:
        if name in self.asked:
            self.asked[name].replies.append((at, is_answer))


def percentile(sorted_s: list[float], share: float) -> float:
    """The value below which such a share of them lies; 0 where there are none."""
    return sorted_s[min(len(sorted_s) - 1, int(share * len(sorted_s)))] if sorted_s else 0.0
