// The page: it joins the conversation, the history, the settings and the keyboard.

import { shownTurn } from "./answer.js";
import { button, el, fill, find, say, speak } from "./dom.js";
import { drawHistory } from "./history.js";
import { Memory } from "./memory.js";
import { openMemory } from "./person.js";
import { answer, keepKey, models, welcome } from "./server.js";
import * as store from "./store.js";
import { asText, copy, save } from "./text.js";
import { startTheme } from "./theme.js";

const PLAIN = "usher"; // the model of the catalogue that the server was started with
const memory = new Memory();
let talk = store.started(store.setting("model") || PLAIN, store.setting("person"));
let asking = null; // the controller that stops the answer

// Conversation

function draw() {
  memory.unwatch();
  const done = talk.turns.length > 0;
  find("talk").hidden = !done; // a list without entries is none
  fill(find("talk"), talk.turns.map((turn) => shownTurn(turn, context())));
  find("name").textContent = store.titleOf(talk);
  find("empty").hidden = done;
  find("share").hidden = !done;
  find("catalogue").value = talk.model;
  find("person").value = talk.person;
  find("me").hidden = !talk.person;
  onlyLastQuestion();
  drawHistory(talk, { open, remove });
  if (!done) greet();
}

function context() {
  return { model: talk.model, memory, ask, copy: copied };
}

/** Let only the last answer's question be answered with a button. */
function onlyLastQuestion() {
  const turns = [...find("talk").children];
  for (const each of turns.slice(0, -1)) for (const choice of each.querySelectorAll(".choice")) choice.disabled = true;
}

async function ask(request) {
  if (asking || !request.trim()) return;
  const turn = { request: request.trim(), state: "asking", steps: [], text: "" };
  const own = talk;
  const messages = [...said(own), { role: "user", content: turn.request }];
  own.turns.push(turn);
  draw();
  find("talk").lastElementChild.scrollIntoView({ block: "start" });
  running(new AbortController());
  speak("Usher is looking.");
  try {
    const reply = await answer({ model: own.model, messages, person: own.person, signal: asking.signal,
      onStep: (step) => { turn.steps.push(step); update(turn); },
      onProgress: (line) => { turn.progress = line; update(turn); },
      onText: (text) => { turn.text = text; update(turn); } });
    Object.assign(turn, reply, { state: "done" });
    speak(spoken(turn));
  } catch (error) {
    turn.state = error.name === "AbortError" ? "stopped" : "failed";
    turn.error = error.message;
    say(turn.state === "stopped" ? "Stopped." : error.message);
    if (error.status === 401) wantsKey();
  }
  running(null);
  const gone = store.keep(own);
  if (gone > 0) say(`This browser has no more room: ${gone} of the oldest conversations went.`);
  update(turn);
  onlyLastQuestion();
  drawHistory(talk, { open, remove });
}

/** Show a turn as it is by now, where its conversation is shown. */
function update(turn) {
  find("talk").children[talk.turns.indexOf(turn)]?.update();
}

/** Return what was said so far as messages; a request that was not answered is not part of it. */
function said(conversation) {
  return conversation.turns.filter((turn) => turn.state === "done").flatMap((turn) => [
    { role: "user", content: turn.request }, { role: "assistant", content: turn.text }]);
}

/** Return an answer as it is said to those who hear the page: its first lines, not the whole list. */
function spoken(turn) {
  const lines = (turn.view?.lines ?? []).map((line) => line.text).join(" ");
  return lines || turn.text.split("\n")[0];
}

function running(controller) {
  asking = controller;
  find("send").hidden = Boolean(controller);
  find("stop").hidden = !controller;
  find("talk").setAttribute("aria-busy", String(Boolean(controller)));
}

function stop() {
  asking?.abort();
}

// History, catalogue, person

function begin(model = talk.model, person = talk.person) {
  stop();
  talk = store.started(model, person);
  become();
  find("request").focus();
}

function open(conversation) {
  stop();
  talk = { ...conversation, turns: conversation.turns.map((turn) => ({ ...turn })) };
  become();
  menu(false);
}

function remove(conversation) {
  store.remove(conversation.id);
  if (conversation.id === talk.id) begin();
  else draw();
  say("The conversation is deleted.");
}

/** Show the conversation, as the person whose it is. */
async function become() {
  store.keepSetting("model", talk.model);
  store.keepSetting("person", talk.person);
  const known = memory.become(talk.person, talk.model);
  draw();
  try {
    await known;
  } catch (error) {
    say(error.message);
    if (!talk.turns.length) begin(talk.model, "");
  }
}

async function listCatalogues() {
  const found = await models();
  const plain = found.find((each) => each.id === PLAIN);
  const named = found.filter((each) => each.id !== PLAIN && each.catalogue !== plain?.catalogue);
  const options = [[PLAIN, plain?.catalogue ?? PLAIN], ...named.map((each) => [each.id, each.catalogue])];
  if (!options.some(([id]) => id === talk.model)) talk.model = PLAIN;
  fill(find("catalogue"), options.map(([value, words]) => el("option", { value }, words)));
}

/** Say what the catalogue holds and what can be asked, where nothing was asked yet. */
async function greet() {
  const { model } = talk;
  const told = await welcome(model).catch(() => null);
  if (model !== talk.model) return;
  fill(find("empty"), el("p", { class: "lead" }, "Ask in your own words."),
    told ? el("p", { class: "quiet" }, `${told.holds}. What you get wrong is corrected, and what you get is proved.`) : null,
    told ? el("ul", { class: "examples", role: "list", "aria-label": "Examples" },
      told.examples.map((example) => el("li", {}, button(example, () => ask(example), { class: "example" })))) : null);
}

// What can be pressed

async function copied(text) {
  try {
    await copy(text);
    say("Copied.");
  } catch {
    say("The browser did not let the text be copied.");
  }
}

function menu(opens) {
  document.body.classList.toggle("menu", opens);
  find("menu").setAttribute("aria-expanded", String(opens));
}

function wantsKey() {
  const panel = find("panel");
  const key = el("input", { id: "key", type: "password", autocomplete: "off" });
  fill(panel, el("form", { onsubmit: (event) => {
    event.preventDefault();
    keepKey(key.value);
    panel.close();
    start();
  } }, el("h2", { id: "panel-title" }, "This server wants a key"), el("label", { for: "key" }, "Key"), key, el("button", { type: "submit" }, "Use it")));
  panel.showModal();
}

function send() {
  const box = find("request");
  const request = box.value;
  if (asking || !request.trim()) return;
  box.value = "";
  fit();
  if (request.trim() === "/me" && talk.person) openMemory(memory, forgotten);
  else ask(request);
}

function forgotten() {
  store.removeOf(talk.person);
  begin();
  say("Deleted.");
}

/** Let the box be as high as what is written in it. */
function fit() {
  const box = find("request");
  box.rows = Math.min(8, box.value.split("\n").length);
}

function listen() {
  find("ask").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  find("request").addEventListener("input", fit);
  find("request").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || find("panel").open) return;
    stop();
    menu(false);
  });
  find("stop").addEventListener("click", stop);
  find("new").addEventListener("click", () => { menu(false); begin(); });
  find("menu").addEventListener("click", () => menu(!document.body.classList.contains("menu")));
  find("catalogue").addEventListener("change", (event) => begin(event.target.value));
  find("who").addEventListener("submit", (event) => event.preventDefault());
  find("person").addEventListener("change", (event) => begin(talk.model, event.target.value.trim()));
  find("me").addEventListener("click", () => openMemory(memory, forgotten));
  find("copy").addEventListener("click", () => copied(asText(talk)));
  find("save").addEventListener("click", () => save(asText(talk), "usher.txt"));
}

async function start() {
  try {
    await listCatalogues();
  } catch (error) {
    say(error.message);
    if (error.status === 401) wantsKey();
  }
  await become();
}

startTheme();
listen();
start();
