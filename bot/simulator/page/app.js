// The chat page: one WebSocket in, three chats out. The server keeps everything; a reload loses nothing.

import { Menus } from "./menus.js";
import { bubble, chatEntry, element, fullName, mark, pick, wordsOf } from "./render.js";

const TYPING_MS = 5000;
const RECONNECT_MS = 1000;
const NOTICE_MS = 4000;
// Telegram lets bots download no more.
const MAX_FILE_BYTES = 20e6;

const part = (id) => document.getElementById(id);
const state = { socket: null, bot: null, chats: new Map(), open: null, examples: [], timers: {} };

function connect() {
  state.socket = new WebSocket(`ws://${location.host}/ws`);
  state.socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  state.socket.addEventListener("close", () => {
    part("subtitle").textContent = "connection lost, trying again";
    setTimeout(connect, RECONNECT_MS);
  });
}

function hear(news) {
  if (news.kind === "hello") return greet(news);
  if (news.kind === "profile") {
    for (const profile of news.profiles) Object.assign(state.chats.get(profile.id), profile);
    showEmpty(current());
    return showChips();
  }
  const chat = state.chats.get(news.chat_id);
  if (chat) HEARD[news.kind](chat, news.payload);
}

const HEARD = {
  message(chat, message) {
    chat.messages.set(message.message_id, message);
    if (message.from.id !== chat.user_id) stopTyping(chat);
    if (chat.id !== state.open) {
      if (message.from.id !== chat.user_id) chat.unread += 1;
      return showChats();
    }
    const follow = atEnd() || message.from.id === chat.user_id;
    part("log").append(bubble(message, view(chat)));
    showEmpty(chat);
    showChips();
    if (follow) toEnd();
  },
  edited(chat, message) {
    chat.messages.set(message.message_id, message);
    const follow = atEnd();
    part(`m${message.message_id}`)?.replaceWith(bubble(message, view(chat)));
    if (chat.id === state.open && follow) toEnd();
  },
  deleted(chat, { message_id }) {
    chat.messages.delete(message_id);
    if (chat.id === state.open) part(`m${message_id}`)?.remove();
  },
  action(chat) {
    chat.typing = true;
    clearTimeout(state.timers[chat.id]);
    state.timers[chat.id] = setTimeout(() => stopTyping(chat), TYPING_MS);
    showTyping(chat);
  },
  offers(chat, offers) {
    if (chat.id === state.open && offers.user_id === chat.user_id) menus.offered(offers);
  },
  answered(chat, { message_id, text, user_id, url }) {
    if (chat.id !== state.open) return;
    for (const button of document.querySelectorAll(`#m${message_id} [aria-busy]`)) button.removeAttribute("aria-busy");
    if (text && user_id === chat.user_id) notify(text);
    if (url && user_id === chat.user_id) openChat(user_id);
  },
};

function greet({ bot, chats, examples }) {
  Object.assign(state, { bot, examples });
  state.chats = new Map(chats.map((chat) => [chat.id, {
    ...chat, unread: 0, typing: false, asked: new Set(), replyTo: null, draft: "",
    messages: new Map(chat.messages.map((message) => [message.message_id, message])),
  }]));
  openChat(state.chats.has(state.open) ? state.open : chats[0].id);
}

function send(wish) {
  state.socket.send(JSON.stringify({ chat_id: state.open, ...wish }));
}

function say(text) {
  const chat = current();
  send({ do: "say", text, reply_to: chat.replyTo?.message_id ?? null });
  setReply(null);
}

async function attach(file) {
  if (file.size > MAX_FILE_BYTES) return notify("Bots can download files of up to 20 MB only.");
  const chatId = state.open;
  const address = await new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.readAsDataURL(file);
  });
  const content = file.size ? address.slice(address.indexOf(",") + 1) : "";
  state.socket.send(JSON.stringify({
    chat_id: chatId, do: "attach", name: file.name, media_type: file.type, content, text: part("text").value,
  }));
  part("text").value = "";
  typedNow();
}

function current() {
  return state.chats.get(state.open);
}

function view(chat) {
  return {
    userId: chat.user_id,
    isGroup: chat.kind !== "private",
    say: (words) => say(chat.kind === "private" || words.includes("@") ? words : `${words}@${state.bot.username}`),
    reply: setReply,
    bot: state.bot.username,
    compose: (text) => { part("text").value = text; typedNow(); part("text").focus(); },
    follow(address) {
      send({ do: "follow", address });
      openChat(chat.user_id);
    },
    press: (message, button) => send({ do: "press", message_id: message.message_id, button: button.callback_data }),
  };
}

function openChat(id) {
  const before = current();
  if (before) before.draft = part("text").value;
  state.open = id;
  const chat = current();
  chat.unread = 0;
  document.title = `${chat.title}, ${chat.subtitle}`;
  part("title").textContent = chat.title;
  part("subtitle").textContent = chat.subtitle;
  part("face").textContent = mark(chat);
  part("face").classList.toggle("bot", chat.kind === "private");
  part("hint").textContent = chat.hint;
  part("hint").hidden = !chat.hint;
  part("log").replaceChildren(...[...chat.messages.values()].map((message) => bubble(message, view(chat))));
  part("text").value = chat.draft;
  setReply(chat.replyTo);
  showChats();
  showEmpty(chat);
  showTyping(chat);
  menus.close();
  grow();
  toEnd();
}

function showChats() {
  const open = (chat) => { openChat(chat.id); part("text").focus(); };
  part("chats").replaceChildren(...[...state.chats.values()].map((chat) => chatEntry(chat, chat.id === state.open, open)));
}

function showEmpty(chat) {
  part("empty").hidden = chat.messages.size > 0;
  part("empty-title").textContent = chat.kind === "private" ? "Ask the library a question" : "A group with the bot in it";
  part("empty-hint").textContent = chat.kind === "private"
    ? "The answer is quoted word for word from the articles, with its source, or it says plainly that they do not hold one."
    : "Talk as you like. The bot reads only what is meant for it.";
  if (chat.description && chat.kind === "private") part("empty-hint").textContent = chat.description;
  pick(part("language"), chat.language);
}

// Take one of the bot's offers, or press the button above them, which starts the private chat.
function take(offers, article) {
  part("text").value = "";
  if (article) send({ do: "choose", query_id: offers.query_id, article_id: article.id });
  else send({ do: "start", query_id: offers.query_id });
  if (!article) openChat(current().user_id);
  typedNow();
  part("text").focus();
}

function suggestions(chat) {
  const names = new Set(chat.commands.map((each) => each.command));
  const commands = (chat.is_admin ? ["articles", "watch", "reindex"] : ["start"]).filter((name) => names.has(name));
  const mention = chat.kind === "private" ? "" : `@${state.bot.username} `;
  return [
    ...commands.map((name) => ({ label: `/${name}`, text: `/${name}` })),
    ...state.examples.map((example) => ({ label: example, text: mention + example })),
  ];
}

function showChips() {
  const chat = current();
  const said = new Set([...chat.messages.values()].map((message) => message.text));
  const open = suggestions(chat).filter(({ text }) => !said.has(text));
  part("chips").replaceChildren(...open.map(({ label, text }) => {
    const entry = element("li");
    const chip = element("button", "chip", label);
    chip.type = "button";
    chip.title = text;
    chip.dir = "auto";
    chip.addEventListener("click", () => { say(text); part("text").focus(); });
    entry.append(chip);
    return entry;
  }));
}

function stopTyping(chat) {
  clearTimeout(state.timers[chat.id]);
  chat.typing = false;
  showTyping(chat);
}

function showTyping(chat) {
  if (chat.id !== state.open) return;
  const follow = atEnd();
  part("typing").hidden = !chat.typing;
  part("typing-text").textContent = chat.typing ? `${state.bot.first_name} is typing` : "";
  if (follow) toEnd();
}

function setReply(message) {
  current().replyTo = message;
  part("replying").hidden = !message;
  if (!message) return showChips();
  part("replying-who").textContent = fullName(message.from);
  part("replying-text").textContent = wordsOf(message) || message.document?.file_name || "";
  part("text").focus();
  showChips();
}

function notify(text) {
  part("notice").textContent = text;
  part("notice").hidden = false;
  clearTimeout(state.timers.notice);
  state.timers.notice = setTimeout(() => { part("notice").hidden = true; }, NOTICE_MS);
}

function atEnd() {
  const scroll = part("scroll");
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
}

function toEnd() {
  requestAnimationFrame(() => { part("scroll").scrollTop = part("scroll").scrollHeight; });
}

function grow() {
  const text = part("text");
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
  part("send").disabled = text.value.trim() === "";
}

function typedNow() {
  grow();
  menus.typed();
}

const menus = new Menus({ list: part("menu"), text: part("text"), chat: current, bot: () => state.bot, send, take });

part("text").addEventListener("input", typedNow);
part("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    part("form").requestSubmit();
  } else if (event.key === "Escape") {
    setReply(null);
    menus.close();
  }
});
part("text").addEventListener("keydown", (event) => {
  if (event.key === "ArrowUp" && !part("menu").hidden) {
    event.preventDefault();
    part("menu").querySelector("li:last-child button").focus();
  }
});
part("menu").addEventListener("keydown", (event) => {
  const next = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
  if (!next) return;
  event.preventDefault();
  (event.target.closest("li")[next]?.firstChild ?? part("text")).focus();
});
part("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = part("text").value.trim();
  if (!text) return;
  part("text").value = "";
  say(text);
  typedNow();
});
part("attach").addEventListener("click", () => part("file").click());
part("file").addEventListener("change", () => {
  const [file] = part("file").files;
  part("file").value = "";
  if (file) attach(file);
});
part("language").addEventListener("change", () => send({ do: "language", code: part("language").value }));
part("replying-cancel").addEventListener("click", () => setReply(null));
connect();
