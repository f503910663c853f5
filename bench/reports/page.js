"use strict";
(() => {
  const form = document.getElementById("filters");
  const found = document.getElementById("found");
  const groups = [...document.querySelectorAll(".cases")].map((section) => ({
    section,
    cases: [...section.querySelectorAll("details")].map((node) => ({
      node, type: node.dataset.type, score: Number(node.dataset.score), text: node.textContent.toLowerCase(),
    })),
  }));
  const apply = () => {
    const asked = new FormData(form);
    const words = asked.get("text").toLowerCase().split(/\s+/).filter(Boolean);
    const most = Number(asked.get("score"));
    let shown = 0;
    for (const { section, cases } of groups) {
      const chosen = asked.get("run") === "" || asked.get("run") === section.dataset.run;
      section.hidden = !chosen;
      for (const one of chosen ? cases : []) {
        const fits = (asked.get("type") === "" || asked.get("type") === one.type) && one.score <= most
          && words.every((word) => one.text.includes(word));
        one.node.hidden = !fits;
        shown += fits;
      }
    }
    found.textContent = shown === 1 ? "1 request" : `${shown} requests`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
