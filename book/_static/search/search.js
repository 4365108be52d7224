// The way to search: a dialog behind the button of every page and Ctrl+K, and the page of its own. A combobox with a list
// (ARIA 1.2): arrows move in it, Enter goes there, Escape leaves. What is searched is loaded at the first use.
((shortcase) => {
  "use strict";
  const here = document.currentScript.src;
  const home = new URL("../../", here).href;
  const PARTS = ["minisearch.js", "words.js", "find.js", "index.js"];
  const KINDS = {
    section: "Text", chart: "Chart", table: "Table", parameter: "Parameter", claim: "Claim", facts: "Facts", word: "Word",
  };
  const LISTS = { parameter: ["parameters", "parameters"], claim: ["scorecard", "claims"], facts: ["facts", "tables of facts"] };
  const QUIET = 500; // milliseconds after a letter, until a screen reader hears how much was found
  let count = 0;

  const make = (tag, attributes = {}, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };

  let loading;
  const load = () => (loading ??= shortcase.load(PARTS, here).then(() => shortcase.ready));

  const row = (id, result) => {
    const title = result.title || result.page;
    const where = result.kind === "section" ? [result.page, result.under] : [result.kind === "claim" ? "" : result.page, result.under];
    const trail = [...new Set(where)].filter((words) => words && words !== title).join(" › ");
    const excerpt = make("span", { class: "find-excerpt" }, ...result.excerpt.map(([text, hit]) => (hit ? make("mark", {}, text) : text)));
    return make("a", { role: "option", id, href: home + result.address, "aria-selected": "false", tabindex: "-1", class: `find-${result.kind}` },
      make("span", { class: "find-kind" }, KINDS[result.kind]), make("span", { class: "find-title" }, title),
      make("span", { class: "find-trail" }, trail), excerpt);
  };

  // One search: field, list, and what is said of them.
  const finder = (given = "") => {
    const id = `find-${(count += 1)}`;
    const field = make("input", {
      type: "search", role: "combobox", id, class: "find-field", "aria-label": "Search the book", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": `${id}-list`, placeholder: "A word, a figure, a claim …", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
    });
    const list = make("div", { role: "listbox", id: `${id}-list`, class: "find-list", "aria-label": "Found" });
    const hint = make("p", { class: "find-hint" }, "Figures are found as they are written: 4090, 45×, $142.62.");
    const more = make("p", { class: "find-more" });
    const told = make("p", { class: "visually-hidden", role: "status" });
    const box = make("div", { class: "find" }, field, hint, list, more, told);
    let chosen = -1;

    const choose = (at) => {
      const options = [...list.children];
      options[chosen]?.setAttribute("aria-selected", "false");
      chosen = options.length ? (at + options.length) % options.length : -1;
      const option = options[chosen];
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      return field.setAttribute("aria-activedescendant", option.id);
    };
    let speaking;
    const say = (words) => {
      clearTimeout(speaking);
      speaking = setTimeout(() => (told.textContent = words), QUIET);
    };
    const rest = (query, of) =>
      of.filter(([kind]) => LISTS[kind]).map(([kind, n]) =>
        make("a", { href: `${home}book/${LISTS[kind][0]}.html?q=${encodeURIComponent(query)}` }, `All ${n} ${LISTS[kind][1]}`));

    const show = async () => {
      const query = field.value.trim();
      const begun = query && !shortcase.ready ? "Opening the index …" : "";
      if (begun) hint.textContent = begun;
      try {
        await load();
      } catch (error) {
        hint.textContent = `The search cannot be opened: ${error.message}. Reload the page to try again.`;
        loading = undefined;
        return;
      }
      if (query !== field.value.trim()) return;
      const { found, more: of } = query ? shortcase.find(query) : { found: [], more: [] };
      list.replaceChildren(...found.map((result, i) => row(`${id}-${i}`, result)));
      field.setAttribute("aria-expanded", String(found.length > 0));
      more.replaceChildren(...rest(query, of).flatMap((link, i) => (i ? [" · ", link] : [link])));
      hint.textContent = query ? (found.length ? "" : `Nothing in the book fits “${query}”.`) : "Figures are found as they are written: 4090, 45×, $142.62.";
      hint.hidden = !hint.textContent;
      choose(found.length ? 0 : -1);
      list.scrollTop = 0;
      box.dataset.query = query;
      say(query ? `${found.length} found` : "");
    };

    field.addEventListener("input", show);
    field.addEventListener("focus", load, { once: true });
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        choose(chosen + step);
      } else if (event.key === "Enter") {
        event.preventDefault();
        list.children[chosen]?.click();
      }
    });
    if (given) {
      field.value = given;
      show();
    }
    return { field, box };
  };

  let dialog;
  const open = () => {
    if (!dialog) {
      const { field, box } = finder();
      const close = make("button", { type: "button", class: "find-close", "aria-label": "Close the search" }, "×");
      dialog = make("dialog", { class: "find-dialog", "aria-label": "Search" }, close, box);
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog || event.target.closest("[role=option]")) dialog.close();
      });
      document.body.append(dialog);
      dialog.field = field;
    }
    if (!dialog.open) dialog.showModal();
    dialog.field.focus();
    dialog.field.select();
  };

  // Where a search has led: the paragraph is shown, below folds too.
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  };

  const start = () => {
    const place = document.querySelector("[data-find]");
    if (place) {
      const { field, box } = finder(new URLSearchParams(location.search).get("q") ?? "");
      place.replaceChildren(box);
      field.focus();
    }
    document.addEventListener("click", (event) => {
      const way = event.target.closest?.("a.search-way");
      if (!way || place || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    addEventListener("keydown", (event) => {
      const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
      const called = (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) || (event.key === "/" && !writing);
      if (!called) return;
      event.preventDefault();
      if (place) place.querySelector("input").focus();
      else open();
    });
    addEventListener("hashchange", arrive);
    arrive();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})((window.shortcase ??= {}));
