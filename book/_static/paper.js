// Paper is white: a page that is read in the dark is printed in its light colours, with its table of parameters unfolded.
(() => {
  "use strict";
  const page = document.documentElement;
  let before;
  addEventListener("beforeprint", () => {
    const folded = [...document.querySelectorAll("details.parameter-table:not([open])")];
    before = { theme: page.dataset.theme, folded };
    page.dataset.theme = "light";
    folded.forEach((table) => (table.open = true));
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    page.dataset.theme = before.theme;
    before.folded.forEach((table) => (table.open = false));
    before = undefined;
  });
})();
