// An item as a card: what it is, who made it, what it is about, what proves it, and what one thinks of it.

import { button, el, newId } from "./dom.js";

const FIRST = 10; // cards that are shown before "more"
const MADE = { director: "directed by", author: "by" };
const VOICES = [["like", "Like"], ["seen", "Seen"], ["dislike", "Not for me"]];

/** Return a list of cards with a button for the rest; `context` is {memory, why, number}. */
export function cards(items, context, first = FIRST) {
  const list = el("ol", { class: "cards", role: "list", "aria-label": "Items" });
  const common = shared(items);
  const made = items.map((item) => el("li", {}, card(item, common, context)));
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

/** Return the facts that every item has in its proof: the heading says them. */
function shared(items) {
  const proofs = items.map((item) => new Set(item.proof.map((fact) => fact.join("\n"))));
  return new Set([...(proofs[0] ?? [])].filter((fact) => proofs.every((each) => each.has(fact))));
}

function card(item, common, { memory, why }) {
  const title = newId("title");
  const own = item.proof.filter((fact) => !common.has(fact.join("\n")) && !["year", "title"].includes(fact[0]));
  const shown = el("article", { class: "card", "aria-labelledby": title },
    el("h3", { id: title, tabindex: "-1" }, item.title, item.year ? el("span", { class: "year" }, ` ${item.year}`) : null),
    said("made", facts(item.facts)),
    said("about", item.about),
    own.length ? el("p", { class: "own" }, own.map(([relation, label]) => `${words(relation)}: ${label}`).join(" · ")) : null,
    item.notices.map((notice) => said("notice", notice)),
  );
  const acts = [...(memory.person ? voices(item, memory) : []), why ? why(item, shown) : null].filter(Boolean);
  if (acts.length) shown.append(el("div", { class: "acts" }, acts));
  return shown;
}

const said = (style, text) => (text ? el("p", { class: style }, text) : null);
const words = (relation) => relation.replaceAll("_", " ");

/** Return facts in a line: who made it, its kinds, then whatever else the catalogue tells. */
function facts(told) {
  const { genre, ...others } = told;
  const made = Object.entries(others).map(([relation, labels]) => {
    const names = labels.join(", ");
    return MADE[relation] ? `${MADE[relation]} ${names}` : `${words(relation)}: ${names}`;
  });
  const kinds = genre ? [genre.map((each) => each.toLowerCase()).join(", ")] : [];
  return [...made.slice(0, 1), ...kinds, ...made.slice(1)].join(" · ");
}

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
