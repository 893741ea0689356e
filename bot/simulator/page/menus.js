// What opens above the input while somebody types: the commands that fit, or what the bot offers inline.

import { element } from "./render.js";

// Apps ask the bot only when the typing pauses.
const PAUSE_MS = 300;
const MAX_QUERY = 256;

export class Menus {
  constructor({ list, text, chat, bot, send, take }) {
    Object.assign(this, { list, text, chat, bot, send, take, timer: 0, asked: null });
  }

  // Look again at what is typed.
  typed() {
    clearTimeout(this.timer);
    const query = this.query();
    if (query === null) return this.showCommands();
    if (query !== this.asked) this.show([], "Inline results");
    this.asked = query;
    this.timer = setTimeout(() => this.send({ do: "inline", text: query, offset: "" }), PAUSE_MS);
  }

  // The words after the bot's name; null where something else is typed.
  query() {
    const found = /^@(\w+)\s([^]*)$/.exec(this.text.value);
    const isInline = found && found[1].toLowerCase() === this.bot().username.toLowerCase();
    return isInline ? found[2].trim().slice(0, MAX_QUERY) : null;
  }

  // Show what the bot offers, unless something else has been typed since.
  offered(offers) {
    if (offers.query !== this.query()) return;
    const start = offers.button && this.entry("offer start", offers.button.text, "", () => this.take(offers, null));
    const found = offers.articles.map((each) => this.entry("offer", each.title, each.description, () => this.take(offers, each)));
    const more = offers.next_offset && this.entry("offer more", "More results", "", () => {
      this.send({ do: "inline", text: offers.query, offset: offers.next_offset });
    });
    const before = offers.offset ? [...this.list.children].filter((each) => !each.querySelector(".more")) : [];
    this.show([start, ...before, ...found, more].filter(Boolean), "Inline results");
  }

  close() {
    clearTimeout(this.timer);
    this.asked = null;
    this.show([], "Commands");
  }

  showCommands() {
    const typed = this.text.value;
    this.asked = null;
    const fitting = /^\/\w*$/.test(typed)
      ? this.chat().commands.filter((each) => `/${each.command}`.startsWith(typed))
      : [];
    this.show(fitting.map((each) => this.entry("", `/${each.command}`, each.description, () => {
      this.text.value = `/${each.command} `;
      this.text.dispatchEvent(new Event("input"));
      this.text.focus();
    })), "Commands");
  }

  show(entries, label) {
    this.list.hidden = entries.length === 0;
    this.list.setAttribute("aria-label", label);
    this.list.replaceChildren(...entries);
  }

  entry(className, title, description, act) {
    const entry = element("li");
    const button = element("button", className);
    button.type = "button";
    button.append(element("strong", "", title), element("span", "", description));
    for (const words of button.children) words.dir = "auto";
    button.addEventListener("click", act);
    entry.append(button);
    return entry;
  }
}
