// A turn of the conversation: what was asked, the steps, and the answer with its cards.

import { cards } from "./cards.js";
import { button, el, fill } from "./dom.js";
import { conditions, whys } from "./proof.js";

const SECOND = 3; // cards of a second reading

/** Return a turn as an element with `update`, which shows it as it is by now. */
export function shownTurn(turn, context) {
  const reply = el("div", { class: "reply" });
  const made = el("li", { class: "turn" }, el("p", { class: "you" }, el("span", { class: "unseen" }, "You: "), turn.request), reply);
  made.update = () => fill(reply, ...parts(turn, context));
  made.update();
  return made;
}

function parts(turn, context) {
  if (turn.state === "asking") return [steps(turn, true), el("p", { class: "waiting" }, turn.progress || turn.text || lastStep(turn))];
  if (turn.state === "stopped") return [el("p", { class: "quiet" }, "Stopped. This request counts for nothing in what follows.")];
  if (turn.state === "failed") return [el("p", { class: "problem" }, turn.error), button("Ask again", () => context.ask(turn.request), { class: "plain" })];
  return answer(turn, context);
}

const lastStep = (turn) => (turn.steps.length ? `${toolWords(turn.steps.at(-1).tool)} …` : "Reading …");
const toolWords = (tool) => tool.replaceAll("_", " ");

function answer(turn, context) {
  const { usher, view } = turn;
  const lines = view?.lines ?? [{ role: "note", text: turn.text }];
  const about = { memory: context.memory, why: whys(turn, context.model) };
  const before = lines.filter((line) => line.role !== "question");
  return [
    steps(turn, false),
    ...before.map(line),
    ...conditions(turn, context.model),
    ...(usher.items.length ? cards(usher.items, view?.cards, about) : []),
    turn.total ? el("p", { class: "quiet" }, `The first ${usher.items.length} of ${turn.total} are kept here.`) : null,
    ...question(turn, lines, context),
    second(usher.also, view?.also, context),
    el("div", { class: "acts" }, button("Copy answer", () => context.copy(turn.text), { class: "plain" })),
  ];
}

function line({ role, text }) {
  if (role === "heading") return el("h2", {}, text.replace(/:$/, ""));
  if (role === "correction") {
    return el("p", { class: "correction", role: "note", "aria-label": "Correction" }, el("strong", {}, "Correction "), text);
  }
  return el("p", { class: role }, text);
}

/** Return the question of an answer, or that between its two readings, with the choices as buttons. */
function question({ usher }, lines, context) {
  const asked = usher.question ?? (usher.also?.question ? { text: usher.also.question, choices: usher.also.choices } : null);
  if (!asked) return [];
  const isSaid = usher.question && !lines.some((each) => each.role === "question"); // in the sentence above
  const choices = asked.choices.map((choice) => button(choice, () => context.ask(choice), { class: "choice" }));
  return [
    isSaid ? null : el("p", { class: "question" }, asked.text),
    choices.length ? el("div", { class: "choices", role: "group", "aria-label": asked.text }, choices) : null,
  ];
}

function second(also, told, context) {
  if (!also) return null;
  const about = { memory: context.memory, why: null };
  return el("details", { class: "second" }, el("summary", {}, also.label), cards(also.items, told, about, SECOND));
}

function steps(turn, open) {
  if (!turn.steps.length) return null;
  const count = turn.steps.length === 1 ? "1 step" : `${turn.steps.length} steps`;
  return el("details", { class: "steps", open }, el("summary", {}, count),
    el("ol", { role: "list" }, turn.steps.map((step) => el("li", { class: step.refused ? "refused" : null },
      el("span", { class: "tool" }, toolWords(step.tool)), ` ${step.outcome}`))));
}
