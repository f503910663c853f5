// What is remembered of somebody: shown, changed, saved and deleted, as `/me` of the chat does.

import { button, el, fill, find, say } from "./dom.js";
import { people } from "./server.js";
import { save } from "./text.js";

const LISTS = [["likes", "Liked"], ["dislikes", "Not for me"], ["only_seen", "Seen"]];
const SHOWN = 10;
const ABOUT = [["gender", "text"], ["age", "number"], ["occupation", "text"]];

/** Show what is remembered of the person of a memory; `deleted` is called once all of it is gone. */
export async function openMemory(memory, deleted) {
  const panel = find("panel");
  const show = () => fill(panel, content(memory, { act, close: () => panel.close(), deleted }));
  const act = async (change) => {
    try {
      memory.take(await change());
      show();
    } catch (error) {
      say(error.message);
      fill(panel.querySelector(".problem"), error.message);
    }
  };
  try {
    memory.take(await people.show(memory.person, memory.model));
  } catch (error) {
    say(error.message);
    return;
  }
  show();
  panel.showModal();
  panel.querySelector("h2").focus();
}

function content(memory, { act, close, deleted }) {
  const told = memory.told;
  const voiced = new Set([...told.likes, ...told.dislikes].map((each) => each.id));
  const lists = { ...told, only_seen: told.seen.filter((each) => !voiced.has(each.id)) };
  const filled = LISTS.filter(([name]) => lists[name].length);
  const { person, model } = memory;
  const change = { say: (body) => act(() => people.say(person, model, body)) };
  return [
    el("h2", { id: "panel-title", tabindex: "-1" }, person),
    el("p", { class: "quiet" }, `In the catalogue ${told.catalogue}`),
    told.text ? el("p", {}, told.text) : null,
    filled.length || told.wishes.length ? null : el("p", {}, "Nothing is remembered yet. Press Like, Seen or Not for me on a card, or add a title here."),
    ...filled.map(([name, title]) => list(title, lists[name], change)),
    wishes(told.wishes, (number) => act(() => people.withdraw(person, model, number))),
    adding(change),
    about(told.profile, (body) => act(() => people.profile(person, model, body))),
    el("p", { class: "problem", role: "alert" }),
    el("div", { class: "row end" },
      button("Save as JSON", async () => save(await people.export(person, model), `usher-${person}.json`, "application/json")),
      deleting(memory, deleted, close), button("Close", close)),
  ];
}

function list(title, items, change) {
  const latest = [...items].reverse();
  const rows = latest.map((item) => el("li", {}, item.title,
    button("Forget", () => change.say({ opinion: "forget", item: item.id }), { class: "plain", "aria-label": `Forget ${item.title}` })));
  const shown = el("ul", { role: "list", "aria-label": title }, rows.slice(0, SHOWN));
  const rest = rows.slice(SHOWN);
  const more = rest.length ? button(`${rest.length} more`, () => { shown.append(...rest); more.remove(); }, { class: "more" }) : null;
  return el("section", {}, el("h3", {}, `${title} (${items.length})`), shown, more);
}

function wishes(told, withdraw) {
  if (!told.length) return null;
  const rows = told.map((wish, place) => el("li", {}, wish,
    button("Withdraw", () => withdraw(place + 1), { class: "plain", "aria-label": `Withdraw ${wish}` })));
  return el("section", {}, el("h3", {}, "Wishes for every answer"), el("ul", { role: "list" }, rows));
}

function adding(change) {
  const title = el("input", { id: "add-title", maxlength: "500", autocomplete: "off" });
  const voice = el("select", { id: "add-voice" }, [["like", "liked"], ["seen", "have seen"], ["dislike", "did not like"]]
    .map(([value, words]) => el("option", { value }, words)));
  return el("form", { class: "inline", onsubmit: (event) => {
    event.preventDefault();
    if (title.value.trim()) change.say({ opinion: voice.value, title: title.value.trim() });
  } }, el("label", { for: "add-voice" }, "I "), voice, el("label", { class: "unseen", for: "add-title" }, "Title"), title, el("button", { type: "submit" }, "Add"));
}

function about(profile, change) {
  const fields = ABOUT.map(([name, type]) => el("div", { class: "field" }, el("label", { for: `about-${name}` }, name),
    el("input", { id: `about-${name}`, type, value: profile[name] ?? "", maxlength: "64", min: type === "number" ? "1" : null, max: type === "number" ? "129" : null })));
  return el("details", {}, el("summary", {}, "About yourself"), el("form", { class: "inline", onsubmit: (event) => {
    event.preventDefault();
    const said = Object.fromEntries(ABOUT.map(([name, type]) => {
      const value = event.target.querySelector(`#about-${name}`).value.trim();
      return [name, value === "" ? null : type === "number" ? Number(value) : value];
    }));
    change(said);
  } }, fields, el("button", { type: "submit" }, "Keep")));
}

/** Return a button that deletes at the second press. */
function deleting(memory, deleted, close) {
  const made = button("Delete all of it", async () => {
    if (made.dataset.sure) {
      try {
        await people.delete(memory.person, memory.model);
        close();
        deleted();
      } catch (error) {
        say(error.message);
      }
      return;
    }
    made.dataset.sure = "yes";
    made.textContent = "Press again to delete, in every catalogue";
  }, { class: "danger" });
  return made;
}
