// On the scorecard: buttons that show the claims of one verdict alone. Without scripts all claims stay in sight.
(() => {
  "use strict";
  const group = document.querySelector(".verdict-filter");
  if (!group) return;
  const buttons = [...group.querySelectorAll("[data-only]")];
  const sections = [...document.querySelectorAll("table.cards-claims")];
  const status = document.createElement("output");
  status.className = "verdict-status";

  const show = (only) => {
    let shown = 0;
    for (const table of sections) {
      let here = 0;
      for (const row of table.tBodies[0].rows) {
        row.hidden = Boolean(only) && row.querySelector("[data-verdict]").dataset.verdict !== only;
        here += row.hidden ? 0 : 1;
      }
      (table.closest("section") ?? table).hidden = here === 0;
      shown += here;
    }
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.only === only));
    status.textContent = only ? `${shown} claims shown. Press again for all.` : "";
  };

  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-only]");
    if (button) show(button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.only);
  });
  // A link to a claim must find it, whatever is filtered.
  addEventListener("hashchange", () => {
    show("");
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  });
  group.append(status);
  group.hidden = false;
})();
