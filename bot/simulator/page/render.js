// Turns a Bot API message into elements. What people and articles wrote enters only as text nodes.

const LOOKS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// The words of a message, or the caption of what was sent along.
export function wordsOf(message) {
  return message.text ?? message.caption ?? "";
}

// Offsets of the Bot API count UTF-16 units, and so do strings here.
export function formatted(text, entities, view) {
  const parent = document.createDocumentFragment();
  fill(parent, { text, view }, entities ?? [], 0, text.length);
  return parent;
}

function fill(parent, message, entities, start, end) {
  let at = start;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    rest = others;
    if (from >= to) continue;
    const isBlock = BLOCKS.has(entity.type);
    addText(parent, message.text.slice(at, from), { beforeBlock: isBlock });
    const inside = others.filter((each) => each.offset < to);
    rest = others.filter((each) => each.offset + each.length > to);
    const { outer, inner } = wrap(entity, message, message.text.slice(from, to));
    fill(inner, message, inside, from, to);
    parent.append(outer);
    at = to;
  }
  addText(parent, message.text.slice(at, end), {});
}

// A block breaks the line by itself, so the one line break beside it is not shown again.
function addText(parent, words, { beforeBlock }) {
  let shown = words;
  if (parent.lastChild?.classList?.contains("block")) shown = shown.replace(/^\n/, "");
  if (beforeBlock) shown = shown.replace(/\n$/, "");
  if (shown) parent.append(shown);
}

function wrap(entity, message, words) {
  if (entity.type === "text_link" || entity.type === "url") return same(link(entity.url ?? words, message.view));
  if (entity.type === "bot_command") return same(command(words, message.view.say));
  if (entity.type === "expandable_blockquote") return expandable();
  const made = element(LOOKS[entity.type] ?? "span", `entity-${entity.type}`);
  if (BLOCKS.has(entity.type)) {
    made.classList.add("block");
    made.dir = "auto";
  }
  if (entity.type === "spoiler") made.addEventListener("click", () => made.classList.add("seen"));
  return same(made);
}

function same(made) {
  return { outer: made, inner: made };
}

function link(given, view) {
  const address = /^t\.me\//i.test(given) ? `https://${given}` : given;
  const starts = isDeepLink(address, view.bot);
  if (!starts && !/^https?:\/\//i.test(address)) return element("span");
  const made = element("a");
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer nofollow";
  if (starts) made.addEventListener("click", (event) => { event.preventDefault(); view.follow(address); });
  return made;
}

// Whether an address opens the bot's private chat and hands over a payload, as the server reads it too.
function isDeepLink(address, bot) {
  if (!URL.canParse(address)) return false;
  const { protocol, host, pathname, searchParams } = new URL(address);
  const opens = protocol === "tg:"
    ? /^tg:\/\/resolve\?/i.test(address) && searchParams.get("domain")
    : ["t.me", "telegram.me", "telegram.dog"].includes(host) && /^https?:$/.test(protocol) && pathname.replace(/^\/|\/$/g, "");
  return Boolean(opens) && opens.toLowerCase() === bot.toLowerCase() && /^[A-Za-z0-9_-]{1,64}$/.test(searchParams.get("start") ?? "");
}

function command(words, run) {
  const made = element("button", "command");
  made.type = "button";
  made.addEventListener("click", () => run(words));
  return made;
}

function expandable() {
  const outer = element("blockquote", "block expandable");
  outer.dir = "auto";
  const inner = element("div", "clamp");
  const toggle = element("button", "more", "Show more");
  toggle.type = "button";
  toggle.setAttribute("aria-expanded", "false");
  toggle.addEventListener("click", () => {
    const open = outer.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Show less" : "Show more";
  });
  outer.append(inner, toggle);
  // A quotation that fits has nothing more to show.
  requestAnimationFrame(() => { toggle.hidden = inner.scrollHeight <= inner.clientHeight + 1; });
  return { outer, inner };
}

export function fullName(user) {
  return [user.first_name, user.last_name].filter(Boolean).join(" ");
}

export function initials(name) {
  return name.split(/\s+/).map((word) => word[0] ?? "").slice(0, 2).join("").toUpperCase();
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

// Show a value in a list of choices, added to them where it is not one yet.
export function pick(picker, value) {
  if (![...picker.options].some((each) => each.value === value)) picker.add(new Option(value || "not said", value));
  picker.value = value;
}

export function mark(chat) {
  return chat.kind === "private" ? "¶" : chat.title[0];
}

export function chatEntry(chat, isOpen, open) {
  const entry = element("li");
  const button = element("button", "entry");
  button.type = "button";
  if (isOpen) button.setAttribute("aria-current", "true");
  const face = element("span", chat.kind === "private" ? "face bot" : "face", mark(chat));
  face.setAttribute("aria-hidden", "true");
  const names = element("span", "names");
  names.append(element("strong", "", chat.title), element("span", "", chat.subtitle));
  button.append(face, names);
  if (chat.unread) {
    const badge = element("span", "badge", String(chat.unread));
    badge.setAttribute("aria-label", `${chat.unread} unread`);
    button.append(badge);
  }
  button.addEventListener("click", () => open(chat));
  entry.append(button);
  return entry;
}

export function bubble(message, view) {
  const told = serviceWords(message);
  if (told) return serviceRow(message, told);
  const mine = message.from.id === view.userId;
  const row = element("li", `row ${mine ? "mine" : "theirs"}`);
  row.id = `m${message.message_id}`;
  if (view.isGroup && !mine) row.append(avatar(message.from));
  const stack = element("div", "stack");
  const box = element("article", "bubble");
  box.tabIndex = -1;
  if (view.isGroup && !mine) box.append(element("p", "who", fullName(message.from)));
  if (message.via_bot) box.append(element("p", "via", `via @${message.via_bot.username}`));
  if (message.reply_to_message) box.append(quoted(message.reply_to_message));
  if (message.forward_origin) box.append(element("p", "forwarded", `Forwarded from ${sourceOf(message.forward_origin)}`));
  if (message.document) box.append(fileCard(message.document));
  if (message.photo) box.append(element("p", "file", "Picture"));
  const words = element("div", "words");
  words.dir = "auto";
  words.append(formatted(wordsOf(message), message.entities ?? message.caption_entities, view));
  box.append(words, meta(message, view));
  stack.append(box);
  if (message.reply_markup) stack.append(keyboard(message, view));
  if (message.reaction) {
    const reaction = element("p", "reaction", message.reaction);
    reaction.setAttribute("role", "img");
    reaction.setAttribute("aria-label", `Reaction: ${message.reaction}`);
    stack.append(reaction);
  }
  row.append(stack);
  return row;
}

function serviceWords(message) {
  if (message.new_chat_members) return `${fullName(message.from)} added ${message.new_chat_members.map(fullName).join(", ")}`;
  if (message.migrate_to_chat_id) return "This group became a supergroup";
  return message.migrate_from_chat_id ? "This supergroup was a group before" : "";
}

function serviceRow(message, words) {
  const row = element("li", "row");
  row.id = `m${message.message_id}`;
  row.append(element("p", "service", words));
  return row;
}

function sourceOf(origin) {
  if (origin.chat) return origin.chat.title;
  return origin.sender_user ? fullName(origin.sender_user) : origin.sender_user_name;
}

function fileCard(file) {
  const made = element("a", "file");
  made.href = `/sent/${file.file_id}`;
  made.download = file.file_name ?? "";
  const size = file.file_size < 1000 ? `${file.file_size} bytes` : `${Math.round(file.file_size / 1000).toLocaleString()} kB`;
  const name = element("bdi", "", file.file_name || "File");
  made.append(name, element("span", "", size));
  return made;
}

function avatar(user) {
  const made = element("span", user.is_bot ? "face bot" : "face", user.is_bot ? "¶" : initials(fullName(user)));
  made.setAttribute("aria-hidden", "true");
  return made;
}

function quoted(message) {
  const made = element("a", "quoted");
  made.href = `#m${message.message_id}`;
  made.append(element("strong", "", fullName(message.from)), element("span", "", wordsOf(message) || message.document?.file_name));
  for (const words of made.children) words.dir = "auto";
  return made;
}

function meta(message, view) {
  const made = element("p", "meta");
  if (message.from.id !== view.userId) {
    const reply = element("button", "reply", "Reply");
    reply.type = "button";
    reply.addEventListener("click", () => view.reply(message));
    made.append(reply);
  }
  if (message.edit_date) made.append(element("span", "", "edited"));
  const when = element("time", "", clock(message.date));
  when.dateTime = new Date(message.date * 1000).toISOString();
  made.append(when);
  return made;
}

function keyboard(message, view) {
  const rows = element("div", "keyboard");
  for (const row of message.reply_markup.inline_keyboard) {
    const line = element("div", "line");
    line.append(...row.map((button) => inlineButton(button, message, view)));
    rows.append(line);
  }
  return rows;
}

function inlineButton(button, message, view) {
  if (button.url) {
    const made = link(button.url, view);
    made.className = "inline";
    made.textContent = `${button.text} ↗`;
    made.dir = "auto";
    return made;
  }
  const made = element("button", "inline", button.text);
  made.type = "button";
  made.dir = "auto";
  made.addEventListener("click", () => {
    const query = button.switch_inline_query_current_chat ?? button.switch_inline_query;
    if (query !== undefined) return view.compose(`@${view.bot} ${query}`);
    if (button.copy_text) return navigator.clipboard.writeText(button.copy_text.text);
    made.setAttribute("aria-busy", "true");
    view.press(message, button);
  });
  return made;
}
