// What is remembered of the person who is chosen, and the buttons that show it.

import { people } from "./server.js";
import { say } from "./dom.js";

const SAID = { like: "Noted: you like", dislike: "Noted: not for you,", seen: "Noted: you have seen", forget: "Forgotten:" };

export class Memory {
  constructor() {
    this.person = "";
    this.model = "";
    this.told = null;
    this.watching = [];
  }

  /** Be about a person in a model's catalogue; "" is nobody. */
  async become(person, model) {
    this.person = person;
    this.model = model;
    this.take(null);
    if (!person) return;
    const told = await people.show(person, model);
    if (this.person === person && this.model === model) this.take(told);
  }

  /** Say something of an item, by its id, or of a title. */
  async say(opinion, { id, title }) {
    try {
      this.take(await people.say(this.person, this.model, id ? { opinion, item: id } : { opinion, title }));
      say(`${SAID[opinion]} ${title}.`);
    } catch (error) {
      say(error.message);
    }
  }

  /** Know what the server told. */
  take(told) {
    this.told = told;
    const ids = (list) => new Set((told?.[list] ?? []).map((each) => each.id));
    this.sets = { like: ids("likes"), dislike: ids("dislikes"), seen: ids("seen") };
    for (const show of this.watching) show();
  }

  /** Return what was said of an item: an opinion, else that it was seen, else null. */
  voiced(id) {
    return ["like", "dislike", "seen"].find((voice) => this.sets?.[voice].has(id)) ?? null;
  }

  /** Call `show` whenever something changes, until the conversation is drawn anew. */
  watch(show) {
    this.watching.push(show);
  }

  unwatch() {
    this.watching = [];
  }
}
