"""What people do, as a test does it for them."""

from dataclasses import replace

from bot.simulator import inline, membership, people
from bot.simulator.attachments import Origin
from bot.simulator.inline_desk import Offers
from bot.simulator.parties import Chat, User
from bot.simulator.types import Entity, Message
from bot.simulator.watching import WAIT_S, Watching
from bot.simulator.world import ADMIN, GROUP, READER


class Gestures(Watching):
    """Everything people can do to a bot; who does it is the reader in a group unless told."""

    async def say(
        self,
        text: str,
        *,
        chat: Chat | int = READER.id,
        user: User | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        """Write to a chat; in a private chat as its person, in a group as the reader unless told.

        Commands, @mentions and addresses are found in the text as Telegram finds them.
        """
        message = people.replying(self._draft(text, chat, user), reply_to)
        return people.say(self.world, replace(message, thread_id=thread or message.thread_id))

    async def say_naming_bot(
        self, text: str, words: str, *, chat: Chat | int, user: User | None = None
    ) -> Message:
        """Write to a chat where some words of the text are a link to the bot (a text_mention)."""
        return people.say(self.world, self._draft(text, chat, user), [self._bot_link(text, words)])

    async def send_file(
        self,
        name: str,
        content: bytes,
        *,
        media_type: str = "",
        caption: str = "",
        chat: Chat | int = READER.id,
        user: User | None = None,
    ) -> Message:
        """Send a file to a chat; in a private chat as its person, in a group as the reader unless told."""
        message = self._draft(caption, chat, user)
        return people.say(self.world, people.sending_file(self.world, message, name, content, media_type))

    async def forward(
        self, text: str, origin: Origin, *, chat: Chat | int = READER.id, user: User | None = None
    ) -> Message:
        """Forward somebody's message to a chat; one without words is a picture."""
        return people.say(self.world, people.forwarding(self.world, self._draft(text, chat, user), origin))

    async def press(self, message: Message, button: str, *, user: User | None = None) -> str:
        """Press an inline button, named by its words or its callback_data; returns the query's id.

        Raises:
            LookupError: The message, as it stands now, has no such button.
        """
        current = self.world.message(message.chat.id, message.message_id) or message
        for each in current.buttons:
            if button in (each.text, each.callback_data):
                return people.press(self.world, current, each, user or self._person(message.chat))
        offered = [each.text for each in current.buttons]
        raise LookupError(f"no button {button!r} on message {message.message_id}; it has {offered}")

    async def edit(self, message: Message, text: str) -> Message:
        """Change a message as its author; the bot gets an edited_message."""
        return people.edit(self.world, message, text)

    async def delete(self, message: Message) -> None:
        """Delete a message, of which no bot is told."""
        self.world.forget(message)

    async def block(self, user: User) -> None:
        """Block the bot, or stop it; writing to it again unblocks it."""
        membership.block(self.world, user)

    async def unblock(self, user: User) -> None:
        """Let the bot write again, without a word to it."""
        membership.unblock(self.world, user)

    async def deactivate(self, user: User) -> None:
        """Delete the person's account; the bot is told when it writes to them."""
        membership.deactivate(self.world, user)

    async def add_bot(self, chat: Chat, *, by: User = READER) -> Chat:
        """Take the bot into a group, made now unless it is there."""
        return membership.add_bot(self.world, chat, by)

    async def kick(self, chat: Chat, *, by: User = ADMIN) -> None:
        """Throw the bot out of a group."""
        membership.kick(self.world, chat, by)

    async def promote(
        self, user: User, *, chat: Chat = GROUP, by: User = ADMIN, anonymous: bool = False
    ) -> None:
        """Make somebody an admin of a group; the bot is told when it is made one itself."""
        membership.promote(self.world, chat, user, by, anonymous=anonymous)

    async def demote(self, user: User, *, chat: Chat = GROUP, by: User = ADMIN) -> None:
        """Make an admin a mere member again."""
        membership.demote(self.world, chat, user, by)

    async def upgrade(self, chat: Chat, *, new_id: int, by: User = ADMIN) -> Chat:
        """Turn a group into a supergroup with another id; both tell so."""
        return membership.upgrade(self.world, chat, new_id, by)

    async def set_language(self, user: User, language_code: str) -> None:
        """Let a person's app speak a language, such as "fa"; empty for one that does not say which."""
        self.world.set_language(user, language_code)

    async def follow(self, message: Message, link: str, *, user: User | None = None) -> Message:
        """Click a deep link to the bot, named by its words or its address; returns the /start it sends.

        Raises:
            LookupError: The message, as it stands now, has no such link.
            ValueError: It is no deep link that Telegram would follow.
        """
        current = self.world.message(message.chat.id, message.message_id) or message
        links = current.links
        for words, address in links:
            if link in (words, address):
                return people.follow(self.world, address, user or self._person(message.chat))
        raise LookupError(f"no link {link!r} in message {message.message_id}; it has {list(links)}")

    async def type_inline(
        self,
        text: str,
        *,
        chat: Chat | int = GROUP,
        user: User | None = None,
        offset: str = "",
        timeout_s: float = WAIT_S,
    ) -> Offers:
        """Type a query after the bot's name and wait for its offers, or get those that are kept.

        Raises:
            TimeoutError: The bot offered nothing.
            ValueError: It has no inline mode.
        """
        found = self._chat(chat)
        query = inline.ask(self.world, found, user or self._person(found), text, offset=offset)
        return await self.wait_for(lambda: self.world.inline.offered.get(query.id), timeout_s=timeout_s)

    async def choose(self, offers: Offers, article: str) -> Message:
        """Choose one of the offers, named by its title or its id; returns the message it becomes.

        Raises:
            LookupError: There is no such offer.
        """
        for each in offers.articles:
            if article in (each.title, each.id):
                return inline.choose(self.world, offers, each)
        raise LookupError(f"no offer {article!r}; there are {[each.title for each in offers.articles]}")

    async def press_start(self, offers: Offers) -> Message:
        """Press the button above the offers; returns the /start it sends in private.

        Raises:
            LookupError: There is no button.
        """
        if offers.button is None:
            raise LookupError("there is no button above the offers")
        return people.start(self.world, offers.button.payload, offers.query.user)

    def _person(self, chat: Chat) -> User:
        return chat.user or READER

    def _draft(self, text: str, chat: Chat | int, user: User | None) -> Message:
        found = self._chat(chat)
        return people.write(found, user or self._person(found), text)

    def _bot_link(self, text: str, words: str) -> Entity:
        return people.name_bot(self.world, text, words)
