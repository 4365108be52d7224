// The colours that the reader chose, before the page is painted. Without a choice, or a script, the page takes those of
// the system. Where a browser keeps nothing (a private window, a frame of another site) a choice lasts for the page.
(() => {
  "use strict";
  const MODES = ["auto", "dark", "light"];
  const page = document.documentElement;
  const kept = () => {
    try {
      return localStorage.getItem("mode");
    } catch {
      return null;
    }
  };
  const show = (mode) => {
    page.dataset.mode = mode;
    if (mode === "auto") delete page.dataset.theme;
    else page.dataset.theme = mode;
  };
  const mode = kept();
  show(MODES.includes(mode) ? mode : "auto");

  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".theme-switch-button");
    if (!button) return;
    const say = () => button.setAttribute("title", { auto: "Colours of the system", dark: "Dark", light: "Light" }[page.dataset.mode]);
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = MODES[(MODES.indexOf(page.dataset.mode) + 1) % MODES.length];
      show(next);
      say();
      try {
        localStorage.setItem("mode", next);
      } catch {
        // It lasts for the page.
      }
    });
    say();
  });
})();
