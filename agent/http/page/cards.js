// An item as a card: what it is, who made it, what it is about, what proves it, and what one thinks of it.

import { button, el, newId } from "./dom.js";

const FIRST = 10; // cards that are shown before "more"
const VOICES = [["like", "Like"], ["seen", "Seen"], ["dislike", "Not for me"]];

/** Return a list of cards with a button for the rest; `told` is what the server says on them, by place. */
export function cards(items, told, context, first = FIRST) {
  const list = el("ol", { class: "cards", role: "list", "aria-label": "Items" });
  const made = items.map((item, place) => el("li", {}, card(item, told?.[place] ?? {}, context)));
  list.append(...made.slice(0, first));
  const rest = made.slice(first);
  if (!rest.length) return [list];
  const more = button(`${rest.length} more`, () => {
    list.append(...rest);
    more.remove();
    rest[0].querySelector("h3").focus();
  }, { class: "more" });
  return [list, more];
}

function card(item, told, { memory, why }) {
  const title = newId("title");
  const shown = el("article", { class: "card", "aria-labelledby": title },
    el("h3", { id: title, tabindex: "-1" }, item.title, item.year ? el("span", { class: "year" }, ` ${item.year}`) : null),
    said("made", [told.maker, told.kinds].filter(Boolean).join(" · ")),
    said("own", told.proof),
    said("about", told.about ?? item.about),
    item.notices.map((notice) => said("notice", notice)),
  );
  const acts = [...(memory.person ? voices(item, memory) : []), why ? why(item, shown) : null].filter(Boolean);
  if (acts.length) shown.append(el("div", { class: "acts" }, acts));
  return shown;
}

const said = (style, text) => (text ? el("p", { class: style }, text) : null);

function voices(item, memory) {
  const made = VOICES.map(([voice, words]) => button(words, async () => {
    const held = memory.voiced(item.id) === voice;
    await memory.say(held ? "forget" : voice, item);
    show();
  }, { class: "voice", "aria-label": `${words}: ${item.title}` }));
  const show = () => made.forEach((each, place) =>
    each.setAttribute("aria-pressed", String(memory.voiced(item.id) === VOICES[place][0])));
  memory.watch(show);
  show();
  return made;
}
