// The conversations of this browser, to open and to delete.

import { button, el, fill, find } from "./dom.js";
import { conversations, titleOf } from "./store.js";

export function drawHistory(now, { open, remove }) {
  const kept = conversations();
  find("history").hidden = !kept.length; // a list without entries is none
  fill(find("history"), kept.map((each) => el("li", {},
    button(titleOf(each), () => open(each), { class: "past", "aria-current": each.id === now.id ? "true" : null }),
    button("×", () => remove(each), { class: "delete", "aria-label": `Delete ${titleOf(each)}` }))));
}
