// The switch between scenarios keeps the section: its links take along where the reader is, at the moment they are used.
(() => {
  "use strict";
  const inView = () => {
    const headings = [...document.querySelectorAll(".bd-article section[id] > :is(h2, h3)")];
    const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    return above.at(-1)?.parentElement.id ?? "";
  };
  const keep = (event) => {
    const link = event.target.closest?.(".scenario-switch a");
    if (!link) return;
    const at = inView();
    link.hash = at || location.hash;
  };
  for (const kind of ["click", "auxclick", "contextmenu"]) document.addEventListener(kind, keep, { capture: true });
})();
