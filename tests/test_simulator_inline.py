import pytest
from bot_api_caller import Caller, buttons
from bot_api_schema import answer_problems

from bot.simulator import GROUP, READER, SECOND_READER, Simulator
from bot.simulator.inline import ask

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


class Clock:
    """A time that moves when told."""

    now = 1_750_000_000.0

    def __call__(self):
        """Seconds since 1970."""
        return self.now


@pytest.fixture
def clock():
    """A clock that stands still."""
    return Clock()


@pytest.fixture
async def simulator(clock):
    """A running simulator."""
    async with Simulator(clock=clock) as running:
        yield running


@pytest.fixture
def call(simulator):
    """Calls methods of the simulator."""
    return Caller(simulator)


def article(identifier="1", title="Herons", text="<b>A</b> heron", **more):
    """An InlineQueryResultArticle."""
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": identifier, "title": title, "input_message_content": content, **more}


async def answered(call, query, *articles, **more):
    """The refusal of an answer, or None."""
    answer = await call("answerInlineQuery", inline_query_id=query.id, results=list(articles), **more)
    return answer.get("description")


def typed(simulator, text="herons", user=READER, **where):
    """The query somebody typed, not waited for."""
    return ask(simulator.world, GROUP, user, text, **where)


async def offered(simulator, call, *articles, text="herons", **more):
    """What the bot offers for a query."""
    await answered(call, typed(simulator, text), *articles, **more)
    return await simulator.type_inline(text)


async def updates(call, kind):
    """The waiting updates of a kind."""
    return [each[kind] for each in (await call("getUpdates"))["result"] if kind in each]


async def test_query_reaches_the_bot(simulator, call):
    """What is typed after the bot's name reaches it, with who typed it and in what kind of chat."""
    typed(simulator, " who is a heron? ")
    ask(simulator.world, simulator.world.chats[READER.id], READER, "x" * 300, offset="7")

    public, private = await updates(call, "inline_query")

    assert (public["query"], public["from"]["id"]) == ("who is a heron?", READER.id)
    assert (public["chat_type"], public["offset"]) == ("supergroup", "")
    assert (private["chat_type"], private["offset"], len(private["query"])) == ("sender", "7", 256)
    assert (await call("getMe"))["result"]["supports_inline_queries"]


async def test_chosen_offer_is_sent(simulator, call):
    """A chosen offer becomes the person's message, formatted and via the bot, which is given it."""
    offers = await offered(simulator, call, article(description="Birds", url="https://example.org/"))
    sent = await simulator.choose(offers, "Herons")

    [update] = await updates(call, "message")

    assert sent.sender == READER
    assert [sent.slice(each) for each in sent.entities] == ["A"]
    assert update["via_bot"]["username"] == simulator.bot_username
    assert (offers.articles[0].description, offers.articles[0].url) == ("Birds", "https://example.org/")
    assert sent.inline_id == ""


async def test_choice_is_told(simulator, call):
    """A bot that asked for feedback hears what was chosen; another does not."""
    offers = await offered(simulator, call, article())
    await simulator.choose(offers, "1")
    assert await updates(call, "chosen_inline_result") == []

    simulator.world.inline.feedback = True
    await simulator.choose(offers, "1")
    [chosen] = await updates(call, "chosen_inline_result")

    assert (chosen["result_id"], chosen["query"], chosen["from"]["id"]) == ("1", "herons", READER.id)
    assert "inline_message_id" not in chosen


async def test_inline_message_is_changed_by_its_id(simulator, call):
    """A button of a chosen offer brings only an inline_message_id, by which the message can be changed."""
    simulator.world.inline.feedback = True
    offers = await offered(simulator, call, article(reply_markup=buttons([{"callback_data": "more"}])))
    sent = await simulator.choose(offers, "1")
    await simulator.press(sent, "b", user=SECOND_READER)
    [chosen] = await updates(call, "chosen_inline_result")
    [press] = await updates(call, "callback_query")
    target = {"inline_message_id": press["inline_message_id"]}

    edited = await call("editMessageText", **target, text="A heron is a bird")
    same = await call.refused("editMessageText", **target, text="A heron is a bird")
    keyed = await call("editMessageReplyMarkup", **target, reply_markup=buttons([{"callback_data": "x"}]))
    now = simulator.messages(GROUP)[-1]

    assert "message" not in press
    assert chosen["inline_message_id"] == press["inline_message_id"] == sent.inline_id
    assert edited["result"] is True
    assert keyed["result"] is True
    assert same.startswith("Bad Request: message is not modified: ")
    assert (now.text, now.buttons[0].callback_data) == ("A heron is a bird", "x")
    assert answer_problems("editMessageText", edited["result"]) == []


async def test_message_of_a_person_is_not_the_bots(simulator, call):
    """A message sent through the inline mode cannot be changed by the ids of its chat, nor by a wrong id."""
    sent = await simulator.choose(await offered(simulator, call, article()), "1")
    by_chat = {"chat_id": GROUP.id, "message_id": sent.message_id, "text": "x"}

    assert await call.refused("editMessageText", **by_chat) == "Bad Request: message can't be edited"
    assert await call.refused("editMessageText", inline_message_id="no", text="x") == (
        "Bad Request: MESSAGE_ID_INVALID"
    )


async def test_where_the_bot_is_not(simulator, call):
    """In a chat without the bot it still offers, is told of presses, and changes what was sent via it."""
    await simulator.kick(GROUP)
    offers = await offered(simulator, call, article(reply_markup=buttons([{"callback_data": "more"}])))
    sent = await simulator.choose(offers, "1")
    await simulator.press(sent, "b")
    [press] = await updates(call, "callback_query")

    edited = await call("editMessageText", inline_message_id=press["inline_message_id"], text="A bird")

    assert edited["ok"]
    assert simulator.messages(GROUP)[-1].text == "A bird"
    assert await updates(call, "message") == []


@pytest.mark.parametrize(
    ("articles", "more", "words"),
    [
        ([article(str(n)) for n in range(51)], {}, "RESULTS_TOO_MUCH"),
        ([article(), article()], {}, "RESULT_ID_DUPLICATE"),
        ([article("")], {}, "RESULT_ID_EMPTY"),
        ([article("é" * 33)], {}, "RESULT_ID_INVALID"),
        ([article(title=" ")], {}, "ARTICLE_TITLE_EMPTY"),
        ([article(title=7)], {}, 'can\'t parse inline query result: Field "title" must be of type String'),
        ([article(text="")], {}, "message text is empty"),
        ([article(text="a" * 4097)], {}, "message is too long"),
        (
            [article(text="<p>")],
            {},
            'can\'t parse entities: Unsupported start tag "p" at byte offset 0',
        ),
        ([article(reply_markup=buttons([{"callback_data": "a" * 65}]))], {}, "BUTTON_DATA_INVALID"),
        (
            [{"type": "article", "id": "1", "title": "a"}],
            {},
            "can't parse inline query result: input message content is not specified",
        ),
        ([7], {}, "can't parse inline query result: expected an Object"),
        (
            [{"type": "photo", "id": "1"}],
            {},
            "inline query results of type photo are not simulated",
        ),
        ([article()], {"next_offset": "a" * 65}, "NEXT_OFFSET_INVALID"),
        ([], {"button": {"text": "More", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ([], {"button": {"text": "More"}}, "START_PARAM_EMPTY"),
        ([], {"button": {"start_parameter": "a"}}, "SWITCH_PM_TEXT_EMPTY"),
    ],
)
async def test_refused_offers(simulator, call, articles, more, words):
    """Offers that Telegram refuses are refused, and the query can still be answered."""
    query = typed(simulator)

    assert await answered(call, query, *articles, **more) == f"Bad Request: {words}"
    assert await answered(call, query, article()) is None


async def test_answered_once_and_in_time(simulator, call, clock):
    """A query is answered once, and not after its time."""
    first, second = typed(simulator), typed(simulator, "other")
    await answered(call, first, article())

    assert await answered(call, first, article()) == TOO_OLD
    clock.now += 31
    assert await answered(call, second, article()) == TOO_OLD


@pytest.mark.parametrize(("is_personal", "n_asked"), [(False, 2), (True, 3)])
async def test_offers_are_kept(simulator, call, clock, is_personal, n_asked):
    """The same words bring the kept offers, to everybody or to one person, until their time is up."""
    await offered(simulator, call, article(), cache_time=10, is_personal=is_personal)
    own = await simulator.type_inline("herons")
    typed(simulator, user=SECOND_READER)
    clock.now += 10
    typed(simulator)

    assert [each.title for each in own.articles] == ["Herons"]
    assert len(await updates(call, "inline_query")) == n_asked


async def test_nothing_is_kept_unless_wanted(simulator, call):
    """With a cache_time of zero every query reaches the bot."""
    await answered(call, typed(simulator), article(), cache_time=0)
    typed(simulator)

    assert len(await updates(call, "inline_query")) == 2


async def test_more_offers(simulator, call):
    """The next_offset comes back to the bot when somebody wants more."""
    offers = await offered(simulator, call, article(), next_offset="10")
    typed(simulator, offset=offers.next_offset)

    assert [each["offset"] for each in await updates(call, "inline_query")] == ["", "10"]


async def test_button_starts_the_private_chat(simulator, call):
    """The button above the offers opens the private chat and hands over its payload."""
    offers = await offered(simulator, call, button={"text": "Ask in private", "start_parameter": "q_7"})
    started = await simulator.press_start(offers)

    assert offers.button.text == "Ask in private"
    assert (started.text, started.chat.id) == ("/start q_7", READER.id)


async def test_mistakes_of_a_test_are_told(simulator, call):
    """A test that wants what is not there is told what is."""
    offers = await offered(simulator, call, article())

    with pytest.raises(LookupError, match=r"no offer 'Owls'; there are \['Herons'\]"):
        await simulator.choose(offers, "Owls")
    with pytest.raises(LookupError, match="no button above the offers"):
        await simulator.press_start(offers)
    simulator.world.inline.enabled = False
    with pytest.raises(ValueError, match="has no inline mode"):
        await simulator.type_inline("herons")
