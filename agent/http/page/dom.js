// Elements made of plain data. Texts of catalogues, people and models only ever become text nodes.

export const find = (id) => document.getElementById(id);

/** Return an element; attributes that begin with "on" are listeners, false and null leave one out. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== false && each !== ""));
  return made;
}

/** Return a button that does something when it is pressed. */
export function button(words, act, attributes = {}) {
  return el("button", { type: "button", onclick: act, ...attributes }, words);
}

/** Put elements in the place of what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter(Boolean));
  return element;
}

let made = 0;
/** Return an id that no other element has. */
export const newId = (of) => `${of}-${(made += 1)}`;

/** Say something to everybody, also to those who hear the page. */
export function say(words) {
  find("status").textContent = words;
}

/** Say to those who hear the page what others see. */
export function speak(words) {
  find("status").textContent = "";
  find("spoken").textContent = words;
}
