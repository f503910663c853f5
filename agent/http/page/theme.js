// Light or dark: as the system is, until somebody says otherwise.

import { find } from "./dom.js";
import { keepSetting, setting } from "./store.js";

const system = matchMedia("(prefers-color-scheme: dark)");
const now = () => setting("theme") || (system.matches ? "dark" : "light");

function show() {
  document.documentElement.dataset.theme = now();
  find("theme").textContent = now() === "dark" ? "Light" : "Dark";
}

export function startTheme() {
  find("theme").addEventListener("click", () => {
    keepSetting("theme", now() === "dark" ? "light" : "dark");
    show();
  });
  system.addEventListener("change", show);
  show();
}
