// Scripts that are loaded at their first use, one after the other, since each may use those before it.
((shortcase) => {
  "use strict";
  const script = (part, base) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(part, base).href;
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${part} did not load`));
      document.head.append(element);
    });
  shortcase.load = (parts, base) => parts.reduce((before, part) => before.then(() => script(part, base)), Promise.resolve());
})((window.shortcase ??= {}));

// What the frame does where scripts run: the drawers close when a link in them is followed, the contents show where the
// reader is, code can be copied, and a keyboard reaches what scrolls sideways. The page works without any of it.
(() => {
  "use strict";
  for (const drawer of document.querySelectorAll("nav[popover]")) {
    drawer.addEventListener("click", (event) => {
      if (event.target.closest("a") && drawer.matches(":popover-open")) drawer.hidePopover();
    });
  }

  // Where the reader is: the last heading that has gone above a third of the screen.
  const links = new Map([...document.querySelectorAll('#page-nav a[href^="#"]')].map((link) => [link.hash.slice(1), link]));
  const sections = [...links.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter((part) => part?.closest("article"));
  let current;
  const mark = () => {
    const passed = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3);
    const link = links.get((passed.at(-1) ?? sections[0])?.id);
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    current = link;
  };
  if (sections.length) {
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    sections.forEach((section) => watch.observe(section));
  }

  // Charts, claims and figures as lists, for who goes from one to the next by their names: each is made when it is
  // unfolded, of what the page then says, and a link in it takes the focus along.
  const PARTS = {
    charts: ["article figure:is(.vl, .grid)[id]", (part) => part.querySelector("figcaption, caption"), (part) => part],
    claims: ["article .claim-anchor + button", (part) => part, (part) => part.previousElementSibling],
    figures: ["article button[id^='number-']", (part) => part, (part) => part],
  };
  for (const list of document.querySelectorAll("details.page-parts")) {
    const [selector, named, place] = PARTS[list.dataset.parts];
    const parts = () => [...document.querySelectorAll(selector)].filter(named);
    const many = parts().length;
    list.hidden = !many;
    list.querySelector("summary").append(` (${many})`);
    list.addEventListener("toggle", () => {
      list.querySelector("ul")?.remove();
      if (!list.open) return;
      const items = document.createElement("ul");
      for (const part of parts()) {
        const link = document.createElement("a");
        const name = named(part);
        link.href = `#${place(part).id}`;
        link.textContent = name.getAttribute("aria-label") ?? name.textContent;
        link.addEventListener("click", () => setTimeout(() => {
          if (part.tabIndex < 0) part.tabIndex = -1;
          part.focus({ preventScroll: true });
        }));
        items.append(document.createElement("li"));
        items.lastChild.append(link);
      }
      list.append(items);
    });
  }

  // A long table whose rows stand as cards on a phone shows the first of them; the others come at a tap, for a search in
  // the page, for a link to one of them, and for paper.
  const FIRST = 5;
  const asCards = matchMedia("screen and (max-width: 47.5em)").matches;
  for (const table of asCards ? document.querySelectorAll("table.cards:not(.cards-figures)") : []) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 2 * FIRST || "item" in rows[0].dataset) continue;
    const rest = rows.slice(FIRST);
    const button = document.createElement("button");
    const show = () => {
      rest.forEach((row) => row.removeAttribute("hidden"));
      button.remove();
    };
    button.type = "button";
    button.className = "csv more-rows";
    button.textContent = `Show all ${rows.length}`;
    button.setAttribute("aria-label", `${button.textContent}: ${table.caption.textContent}`);
    button.addEventListener("click", () => {
      show();
      rest[0].cells[0].tabIndex = -1;
      rest[0].cells[0].focus({ preventScroll: true });
    });
    rest.forEach((row) => row.setAttribute("hidden", "until-found"));
    rest.forEach((row) => row.addEventListener("beforematch", show));
    addEventListener("beforeprint", show);
    table.after(button);
  }

  // A link into what is folded opens it, and so does one to a section that holds a single entry.
  window.unfold = (target) => {
    const inside = target?.tagName === "SECTION" ? target.querySelectorAll(":scope > details.entry") : [];
    for (let part = inside.length === 1 ? inside[0] : target; part; part = part.parentElement?.closest("details")) {
      if (part.tagName === "DETAILS") part.open = true;
    }
  };
  const unfoldTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || target.matches(":popover-open")) return;
    target.closest("tr[hidden]")?.dispatchEvent(new Event("beforematch"));
    window.unfold(target.tagName === "DETAILS" ? target : target.closest("details") ?? target);
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfoldTarget);
  if (location.hash) unfoldTarget();

  // A mouse that rests on a word of the trade opens its meaning, and closes it when it goes; a click holds it open.
  let resting;
  for (const word of document.querySelectorAll("button.word")) {
    const meaning = word.popoverTargetElement;
    if (!meaning) continue;
    word.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") resting = setTimeout(() => meaning.showPopover({ source: word }), 350);
    });
    word.addEventListener("pointerleave", () => {
      clearTimeout(resting);
      if (!meaning.matches(":hover") && meaning.matches(":popover-open") && document.activeElement !== word) meaning.hidePopover();
    });
  }

  const copied = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  };
  // A link to a heading or a chart is copied as it is followed.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.headerlink, a.to-figure");
    if (!link) return;
    const words = link.textContent;
    try {
      await navigator.clipboard.writeText(link.href);
      link.textContent = link.matches(".headerlink") ? "✓" : "Copied";
      setTimeout(() => (link.textContent = words), 1500);
    } catch {
      // The address of the page is the link now.
    }
  });

  for (const code of document.querySelectorAll("article div.highlight")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => copied(button, code.querySelector("pre").textContent));
    code.append(button);
    code.querySelector("pre").tabIndex = 0;
  }
})();

// A page that rests on no assumption stays as it is while some are moved on others, and says so in the place where those
// have their bar, so that nothing shifts. The case is in the address, or in what the visit keeps; see live/address.js.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const article = document.querySelector("article.bd-article");
  if (!article || window.shortcase?.live) return;
  const STORE = "shortcase";
  const kept = () => {
    try {
      return sessionStorage.getItem(STORE) ?? "";
    } catch {
      return "";
    }
  };
  const own = new URLSearchParams(location.search);
  const given = own.has("v") ? own : new URLSearchParams(kept());
  const moves = ([name, value]) => !["v", "edition", "price"].includes(name) && /^[\w.]+$/.test(name) && /^-?[\d.]+(e[+-]?\d+)?(\.\.-?[\d.]+(e[+-]?\d+)?)?$/i.test(value);
  const names = [...given].filter(moves).map(([name]) => name);
  const many = new Set(names.map((name) => name.replace(/\.range$/, ""))).size;
  if (given.get("v") !== "1" || !many) return;

  const scenario = document.querySelector(".scenario-switch summary strong")?.textContent ?? "documented";
  const [opening, whole] = /documented/i.test(scenario) ? ["As documented", "the documented case"] : ["As built", "the case as built"];
  const bar = document.createElement("aside");
  bar.className = "what-if";
  bar.setAttribute("aria-label", "Your case");
  bar.innerHTML = '<div class="wi-head"><p class="wi-said"></p><button type="button" class="wi-reset">Back<span class="wi-long"></span></button></div>';
  bar.querySelector("p").textContent = `${opening}; your case moves ${many} assumption${many === 1 ? "" : "s"}.`;
  bar.querySelector("span").textContent = ` to ${whole}`;
  bar.querySelector("button").addEventListener("click", () => {
    try {
      sessionStorage.removeItem(STORE);
    } catch {
      // Then the address alone has kept it.
    }
    for (const name of ["v", "edition", "price", ...names]) own.delete(name);
    history.replaceState(history.state, "", `${location.pathname}${own.size ? `?${own}` : ""}${location.hash}`);
    document.documentElement.style.removeProperty("--foot");
    bar.remove();
    document.querySelector("h1")?.setAttribute("tabindex", "-1");
    document.querySelector("h1")?.focus({ preventScroll: true });
  });
  article.parentElement.append(bar);
  new ResizeObserver(() => document.documentElement.style.setProperty("--foot", `${bar.offsetHeight}px`)).observe(bar);
});
