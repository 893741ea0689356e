"""Inline mode: typing after the bot's name, the bot's offers, and choosing one."""

from collections.abc import Mapping
from dataclasses import replace

from telegram.constants import InlineQueryLimit, InlineQueryResultLimit

from bot.simulator import people
from bot.simulator.errors import bad_request
from bot.simulator.inline_desk import ANSWER_WITHIN_S, InlineArticle, InlineQuery, Offers, StartButton
from bot.simulator.keyboard import read_keyboard
from bot.simulator.links import is_start_parameter
from bot.simulator.params import Params
from bot.simulator.parties import Chat, Json, User
from bot.simulator.sending import QUERY_TOO_OLD, check_preview
from bot.simulator.types import Message
from bot.simulator.wording import word_message
from bot.simulator.world import World

CACHED_S = 300
_PARSE = "can't parse inline query result: "


def ask(world: World, chat: Chat, user: User, text: str, *, offset: str = "") -> InlineQuery:
    """Type a query after the bot's name; what is offered appears under its id, at once where it is kept.

    Raises:
        ValueError: The bot has no inline mode.
    """
    if not world.inline.enabled:
        raise ValueError(f"@{world.bot.username} has no inline mode; set world.inline.enabled")
    words = text.strip()[: InlineQueryLimit.MAX_QUERY_LENGTH]
    query = InlineQuery(world.inline.next_id(), world.known(user), chat, words, offset, world.clock())
    if (kept := world.inline.recall(query)) is not None:
        _show(world, kept)
    else:
        world.inline.waiting[query.id] = query
        world.put_update("inline_query", query.to_json())
    return query


def choose(world: World, offers: Offers, article: InlineArticle) -> Message:
    """Choose one of the offers: the person sends it, and the bot hears of it where it asked to."""
    query = offers.query
    inline_id = f"AgAAA{world.inline.next_id()}-simulated" if article.keyboard else ""
    draft = people.write(query.chat, query.user, article.text)
    message = people.send(
        world,
        replace(
            draft, entities=article.entities, keyboard=article.keyboard, via=world.bot, inline_id=inline_id
        ),
    )
    world.inline.remember(message)
    if world.inline.feedback:
        chosen: Json = {"result_id": article.id, "from": query.user.to_json(), "query": query.text}
        if inline_id:
            chosen["inline_message_id"] = inline_id
        world.put_update("chosen_inline_result", chosen)
    return message


def answer_inline_query(world: World, params: Params) -> object:
    """True; the person sees what the bot offers."""
    query = world.inline.waiting.get(params.text("inline_query_id"))
    if query is None or world.clock() - query.asked_at > ANSWER_WITHIN_S:
        raise bad_request(QUERY_TOO_OLD)
    next_offset = params.text("next_offset")
    if len(next_offset.encode()) > InlineQueryLimit.MAX_OFFSET_LENGTH:
        raise bad_request("NEXT_OFFSET_INVALID")
    offers = Offers(query, _articles(world, params), next_offset, _button(params.mapping("button")))
    del world.inline.waiting[query.id]
    cached_s = max(0, params.integer("cache_time", CACHED_S))
    world.inline.keep(offers, world.clock() + cached_s, personal=params.flag("is_personal"))
    _show(world, offers)
    return True


def _show(world: World, offers: Offers) -> None:
    world.inline.offered[offers.query.id] = offers
    world.tell("offers", offers.query.chat.id, offers.to_json())


def _articles(world: World, params: Params) -> tuple[InlineArticle, ...]:
    given = params.array("results")
    if given is None:
        raise bad_request("can't parse inline query results JSON object")
    if len(given) > InlineQueryLimit.RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    articles = tuple(_article(world, each) for each in given)
    if len({article.id for article in articles}) < len(articles):
        raise bad_request("RESULT_ID_DUPLICATE")
    return articles


def _article(world: World, raw: object) -> InlineArticle:
    if not isinstance(raw, dict):
        raise bad_request(f"{_PARSE}expected an Object")
    kind = _string(raw, "type")
    if kind != "article":
        raise bad_request(f"inline query results of type {kind} are not simulated")
    identifier, title = _string(raw, "id"), _string(raw, "title")
    limits = InlineQueryResultLimit
    if not limits.MIN_ID_LENGTH <= len(identifier.encode()) <= limits.MAX_ID_LENGTH:
        raise bad_request("RESULT_ID_INVALID" if identifier else "RESULT_ID_EMPTY")
    if not title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    article = InlineArticle(
        identifier, title, "", description=_string(raw, "description"), url=_string(raw, "url")
    )
    return _worded(world, article, raw)


def _worded(world: World, article: InlineArticle, raw: Mapping[str, object]) -> InlineArticle:
    """The article with the message it becomes, by the rules of sendMessage."""
    content = raw.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request(f"{_PARSE}input message content is not specified")
    fields = Params(content)
    mode, given = fields.text("parse_mode"), fields.structure("entities")
    text, entities = word_message(fields.text("message_text"), mode, given, world.find_user)
    check_preview(fields)
    keyboard = read_keyboard(Params(raw).mapping("reply_markup"))
    return replace(article, text=text, entities=entities, keyboard=keyboard)


def _button(raw: Mapping[str, object]) -> StartButton | None:
    if not raw:
        return None
    text, payload = _string(raw, "text"), _string(raw, "start_parameter")
    if not text.strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    if not is_start_parameter(payload):
        raise bad_request("START_PARAM_INVALID" if payload else "START_PARAM_EMPTY")
    return StartButton(text, payload)


def _string(raw: Mapping[str, object], name: str) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str):
        raise bad_request(f'{_PARSE}Field "{name}" must be of type String')
    return value
