// The bar at the foot of a page: closed it says how far the page is from the case it was built on; opened it holds the
// parameters that the page rests on, those that move its answer most first, the scenarios, and what moved.
((shortcase) => {
  "use strict";
  const FIRST = 5;
  const QUIET = 700; // milliseconds without a move, after which a screen reader hears what came of it
  const { make } = shortcase;
  const many = (count, one, several = `${one}s`) => `${count} ${count === 1 ? one : several}`;
  let controls = [];
  let bar, said, panel, opener, reset, moves, told, presets;

  const open = (is) => {
    opener.setAttribute("aria-expanded", String(is));
    panel.hidden = !is;
    bar.toggleAttribute("data-open", is);
  };

  const fill = (state, page) => {
    if (panel.childElementCount) return;
    const movable = Object.keys(page.parameters).filter((name) => ["float", "int"].includes(page.parameters[name].kind));
    const ranked = shortcase.ranked(movable);
    const control = (name) => shortcase.control(name, page.parameters[name]);
    controls = ranked.slice(0, FIRST).map(control);
    const rest = ranked.slice(FIRST);
    const more = make("details", { class: "wi-rest" }, make("summary", {}, `${many(rest.length, "more assumption")} that this page rests on`));
    // Dozens of controls, folded away: made when the page has time for it, or is asked for them.
    const unfold = () => {
      const made = rest.splice(0).map(control);
      controls.push(...made);
      more.append(...made.map(({ box }) => box));
    };
    more.addEventListener("toggle", unfold);
    (window.requestIdleCallback ?? setTimeout)(unfold);
    moves = make("details", { class: "wi-moves" }, make("summary", {}, "What moved"), make("ul"));
    presets = make("div", { class: "wi-presets", role: "group", "aria-label": "Scenarios" }, ...scenarios(page));
    const beside = make("input", { type: "checkbox" });
    beside.addEventListener("change", () => document.documentElement.toggleAttribute("data-beside", beside.checked));
    panel.append(
      presets,
      ...controls.map(({ box }) => box),
      rest.length ? more : "",
      make("label", { class: "wi-beside" }, beside, ` ${shortcase.address.origin().each} beside each figure that moved`),
      moves,
      ...shortcase.extras.map((extra) => extra(state, page)),
    );
    show(state, page);
  };

  const scenarios = (page) => {
    const all = { documented: { title: shortcase.address.origin().opening, set: {} }, ...page.scenarios };
    return Object.entries(all).map(([name, { title, set }]) => {
      const button = make("button", { type: "button", "data-scenario": name, "aria-pressed": "false" }, title);
      button.addEventListener("click", () => {
        const known = shortcase.address.known();
        const changes = new Map([...shortcase.state.moved.keys()].map((key) => [key, undefined]));
        for (const [key, value] of Object.entries(set)) if (known.has(key)) changes.set(key, value);
        shortcase.move(changes);
      });
      return button;
    });
  };
  // A scenario is chosen where what is moved is just what it sets.
  const chosen = (set, moved) => {
    const differs = Object.entries(set).filter(([name, value]) => shortcase.address.known().get(name)?.[0] !== value);
    return differs.length === moved.size && differs.every(([name, value]) => moved.get(name) === value);
  };

  const summary = ({ moved, ranges, changes, built }, page) => {
    const here = [...moved.keys()].filter((name) => page.parameters[name]).length;
    if (!moved.size && ranges.size) return `${many(ranges.size, "range")} of your own: the first page and Your Own Case draw from ${ranges.size === 1 ? "it" : "them"}.`;
    if (!moved.size) return `Move an assumption, and every ${built.numbers.size ? "figure" : "verdict"} here follows.`;
    if (!here) return `${many(moved.size, "assumption")} moved; nothing on this page rests on ${moved.size === 1 ? "it" : "them"}.`;
    const parts = built.numbers.size ? [`${many(changes.figures.length, "figure")} moved on this page`] : [];
    if (changes.verdicts.length || !parts.length) parts.push(`${many(changes.verdicts.length, "verdict")} flipped`);
    if (changes.words) parts.push(`${many(changes.words, "turn of phrase", "turns of phrase")} changed`);
    if (changes.still.length) parts.push(`${many(changes.still.length, "figure stays", "figures stay")} ${shortcase.address.origin().is}`);
    return `${parts.join(", ")}.`;
  };

  const title = (element) => {
    const trace = element.popoverTargetElement ?? element.nextElementSibling;
    const head = trace?.querySelector?.(".why-head, .why-line")?.textContent ?? "";
    return head.split(": ")[0];
  };
  // What is heard after a move: what came of the page's answer, then how much else moved.
  const heard = (state, page) => {
    if (!state.moved.size) return state.ranges.size ? summary(state, page) : `Back to ${shortcase.address.origin().whole}.`;
    const answers = [...document.querySelectorAll(".key-figures [data-num], .answer [data-num]")];
    const first = answers.find((element) => state.changes.figures.some(({ key }) => key === element.dataset.num));
    const lead = first ? `${title(first)}: ${first.shown}, was ${first.built}. ` : "";
    return `${lead}${shortcase.aside?.() ?? ""}${summary(state, page)}`;
  };
  // A region that holds the same words again says nothing, so it is emptied first.
  const say = (words) => {
    told.textContent = "";
    setTimeout(() => (told.textContent = words), 50);
  };
  const to = (element, words) => {
    const link = make("a", { href: `#${element.id || element.closest("[id]")?.id || ""}` }, words);
    link.addEventListener("click", (event) => {
      if (element.closest("[hidden]")) return; // the address finds what a filter has left out
      event.preventDefault();
      const chief = element.closest("summary") ?? element;
      chief.scrollIntoView({ block: "center" });
      chief.focus({ preventScroll: true });
    });
    return link;
  };
  const list = ({ changes }) => [
    ...changes.verdicts.map(({ element, before, after }) => {
      const name = element.getAttribute("aria-label")?.split(": ").slice(1).join(": ") ?? element.closest("summary")?.lastChild.textContent.trim() ?? "";
      return make("li", {}, to(element, `${before.verdict} → ${after.verdict}`), ` ${name}`);
    }),
    ...changes.figures.map(({ element, before, after }) => make("li", {}, to(element, `${before.text} → ${after.text}`), ` ${title(element)}`)),
  ];

  let waiting;
  const show = (state, page) => {
    const words = summary(state, page);
    if (said.textContent !== words) said.textContent = words;
    const own = state.moved.size + state.ranges.size > 0;
    reset.hidden = !own;
    bar.toggleAttribute("data-moved", own);
    if (!panel.hidden) {
      controls.forEach((control) => control.show());
      moves.hidden = !state.changes?.figures.length && !state.changes?.verdicts.length;
      if (moves.open) moves.lastChild.replaceChildren(...list(state));
      for (const button of presets.children) {
        const set = page.scenarios?.[button.dataset.scenario]?.set ?? {};
        button.setAttribute("aria-pressed", String(chosen(set, state.moved)));
      }
    }
    clearTimeout(waiting);
    const now = [...state.moved, ...state.ranges].join();
    if (now !== spoken) {
      waiting = setTimeout(() => {
        spoken = now;
        say(heard(state, page));
      }, QUIET);
    }
  };
  let spoken = ""; // what was moved when something was said last

  const notice = (kind, words, lines) => {
    const shown = lines.slice(0, 5).map((line) => make("li", {}, line));
    if (lines.length > shown.length) shown.push(make("li", {}, `and ${lines.length - shown.length} more`));
    const away = make("button", { type: "button", "aria-label": "Close this notice" }, "×");
    const box = make("div", { class: `wi-notice ${kind}`, role: "alert" }, make("p", {}, words), make("ul", {}, ...shown), away);
    away.addEventListener("click", () => box.remove());
    return box;
  };
  const refusals = ({ refused }) =>
    refused.length ? [notice("wi-refused", "This link asks for what the book cannot take; the rest of it holds.", refused)] : [];
  // A link tells the edition that it was made with; what was documented then need not be now.
  const older = ({ asked }, page) => {
    const { edition, editions } = shortcase.address.book();
    if (!asked.edition || asked.edition === edition) return [];
    const then = editions[asked.edition];
    if (!then) return [notice("", "This link was made with an edition of the book that this one does not know; its figures may have been others.", [])];
    const told = (name, x) => (x === null ? "none" : typeof x === "number" && page.parameters[name] ? shortcase.written(x, page.parameters[name].unit) : String(x));
    const lines = then.values.map(([name, was, is]) => `${shortcase.label(name)}: ${told(name, was)}, now ${told(name, is)}`);
    if (then.formulas) lines.push("formulas have been changed");
    return [notice("", `This link was made with the edition of ${then.date}. Documented since then:`, lines)];
  };

  const build = (state, page) => {
    const article = document.querySelector("article.bd-article");
    if (!article) return;
    opener = make("button", { type: "button", class: "wi-open", "aria-expanded": "false", "aria-controls": "what-if-panel" }, "What if");
    said = make("p", { class: "wi-said" });
    reset = make("button", { type: "button", class: "wi-reset", hidden: true }, "Back", make("span", { class: "wi-long" }, ` to ${shortcase.address.origin().whole}`));
    panel = make("div", { id: "what-if-panel", class: "wi-panel", hidden: true });
    told = make("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
    bar = make("aside", { class: "what-if", "aria-label": "What if" }, ...refusals(state), ...older(state, page), make("div", { class: "wi-head" }, opener, said, reset), panel, told);
    opener.addEventListener("click", () => {
      open(panel.hidden);
      fill(shortcase.state, page);
      show(shortcase.state, page);
    });
    bar.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      open(false);
      opener.focus();
    });
    bar.addEventListener("toggle", () => show(shortcase.state, page), { capture: true });
    reset.addEventListener("click", () => {
      shortcase.state.ranges.clear();
      shortcase.move([...shortcase.state.moved.keys()].map((name) => [name, undefined]));
      opener.focus();
    });
    article.parentElement.append(bar);
    // What the focus comes to is scrolled clear of the bar, which grows when something is moved or it is opened.
    new ResizeObserver(() => document.documentElement.style.setProperty("--foot", `${bar.offsetHeight}px`)).observe(bar);
    shortcase.watch(show);
  };

  Object.assign(shortcase, { extras: [], say });
  shortcase.builders.push(build);
})((window.shortcase ??= {}));
