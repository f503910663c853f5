// What proves a condition: the stored facts that were used, as a list and as a picture.

import { button, el, newId } from "./dom.js";
import { proof } from "./server.js";

const MOST = 12; // items of a picture
const MARKS = { conditions: "", any_of: "or ", none_of: "not " };

/** Return the conditions of an answer as buttons that open their proof, and the place where it opens. */
export function conditions(turn, model) {
  const stated = turn.view?.conditions ?? [];
  if (!stated.length || !turn.usher.items.length) return [];
  const place = el("div", { class: "proof", id: newId("proof"), hidden: true });
  const chips = stated.map((each) => chip(each, place, turn, model));
  return [el("div", { class: "chips", role: "group", "aria-label": "Conditions: open what proves one" },
    el("span", { class: "quiet", "aria-hidden": "true" }, "Proved"), chips), place];
}

function chip(stated, place, turn, model) {
  const mark = stated.group === "any_of" && turn.view.conditions.filter((each) => each.group === "any_of")[0] === stated
    ? "" : MARKS[stated.group];
  const made = button(`${mark}${stated.words}`, () => toggle(made, place, () => ({
    model,
    items: turn.usher.items.slice(0, MOST).map((item) => item.id),
    conditions: [sent(stated)],
    references: named(turn, [stated]),
  })), { class: "chip", "aria-expanded": "false", "aria-controls": place.id });
  return made;
}

/** Return a maker of buttons that open the proof of one item in its card; null where nothing is proved. */
export function whys(turn, model) {
  const stated = (turn.view?.conditions ?? []).filter((each) => each.group !== "none_of");
  if (!stated.length) return null;
  return (item, card) => {
    const place = el("div", { class: "proof", id: newId("proof"), hidden: true });
    const made = button("Why", () => {
      if (!place.isConnected) card.append(place);
      toggle(made, place, () => ({ model, items: [item.id], conditions: stated.map(sent), references: named(turn, stated) }));
    }, { class: "why", "aria-expanded": "false", "aria-label": `Why ${item.title}` });
    return made;
  };
}

const sent = ({ relation, op, value, group }) => ({ relation, op, value, excluded: group === "none_of" });

/** Return the items that the request named and that led to a value of these conditions. */
function named(turn, stated) {
  const relations = new Set(stated.map((each) => each.relation));
  const led = turn.steps.filter((step) => step.tool === "resolve_reference" && relations.has(step.arguments.relation));
  return [...new Set(led.flatMap((step) => step.arguments.items ?? []))].slice(0, MOST);
}

async function toggle(opener, place, body) {
  const opens = opener.getAttribute("aria-expanded") !== "true";
  for (const each of opener.parentElement.querySelectorAll("[aria-expanded=true]")) each.setAttribute("aria-expanded", "false");
  place.hidden = true;
  if (!opens) return;
  opener.setAttribute("aria-expanded", "true");
  try {
    place.replaceChildren(...shown(await proof(body())));
  } catch (error) {
    place.replaceChildren(el("p", { class: "problem" }, error.message));
  }
  place.hidden = opener.getAttribute("aria-expanded") !== "true";
}

function shown({ edges, picture }) {
  if (!edges.length) return [el("p", { class: "quiet" }, "No stored fact is needed for this one.")];
  const told = edges.map((edge) => el("li", {}, `${edge.title} `,
    el("span", { class: "relation" }, edge.relation.replaceAll("_", " ")), ` ${edge.label}`));
  return [
    el("img", { src: `data:image/svg+xml,${encodeURIComponent(picture)}`, alt: `Picture of ${edges.length} stored facts, listed below` }),
    el("details", {}, el("summary", {}, edges.length === 1 ? "The stored fact" : `The ${edges.length} stored facts`),
      el("ul", { role: "list" }, told)),
  ];
}
