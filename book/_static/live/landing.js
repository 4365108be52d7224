// The landing page: the steps from a share without threats to one with each weighed follow what is moved, and so do the
// range and the chance, from cases drawn here. The thesis is loaded when something is moved first.
((shortcase) => {
  "use strict";
  const { make } = shortcase;
  const here = document.currentScript.src;
  const DRAWS = 4096; // as on the reader's own case, so that both say the same
  const SEED = 1;
  const DRAWN = { va_p10: 0.1, va_p90: 0.9, va_chance_dear: null }; // a level of the distribution, or the chance
  const MEETS = { "<": (x, y) => x < y, "<=": (x, y) => x <= y, ">": (x, y) => x > y, ">=": (x, y) => x >= y };
  const usd = (x) => shortcase.written(x, "USD", 0);
  let hero, rows, built, most, words; // words: turns of phrase that hang on what is drawn
  let odds = ""; // the chance that was drawn last, in words

  let loading;
  const load = () => (loading ??= shortcase.load(["valuing.js", "thesis.js"], here));

  const bar = (row, from, to, scale) => {
    const span = row.bar.firstElementChild;
    span.style.setProperty("--from", Math.min(from, to) / scale);
    span.style.setProperty("--to", Math.max(from, to) / scale);
  };
  const amount = (row, x, change) => {
    const text = change && !/^(−|\$0$)/.test(usd(x)) ? `+${usd(x)}` : usd(x);
    row.amount.textContent = text;
    row.amount.toggleAttribute("data-now", text !== row.built);
  };

  // Where each step's bar begins and ends.
  const ends = (p) => {
    const { valuing } = shortcase;
    const worths = valuing.combinations(p);
    const likely = valuing.chances(p);
    const found = { none: [0, worths[0]], weighed: [0, valuing.mean(worths, likely)], all: [0, worths.at(-1)] };
    let at = worths[0];
    valuing.parts(worths, likely).forEach((part, i) => {
      found[valuing.chain().threats[i][0]] = [at, at + part];
      at += part;
    });
    return found;
  };
  const draw = (found) => {
    const price = shortcase.valuing.chain().price;
    const scale = Math.max(most, ...Object.values(found).flat().map((x) => x * 1.04));
    for (const [name, row] of rows) {
      const [from, to] = name === "price" ? [0, price] : found[name];
      bar(row, from, to, scale);
      row.bar.style.setProperty("--price", price / scale);
      if (name !== "price") amount(row, to - from, from !== 0);
    }
  };

  const quantile = (sorted, level) => {
    const at = level * (sorted.length - 1);
    const below = Math.floor(at);
    return sorted[below] + (sorted[Math.ceil(at)] - sorted[below]) * (at - below);
  };
  const drawnFigures = () => Object.keys(DRAWN).flatMap((key) => [...document.querySelectorAll(`[data-num="${key}"]`)].map((element) => [key, element]));
  const tell = (values) => {
    const sorted = Float64Array.from(values).sort();
    const price = shortcase.valuing.chain().price;
    const dear = sorted.filter((x) => x < price).length / sorted.length;
    const value = (key) => (DRAWN[key] === null ? dear : quantile(sorted, DRAWN[key]));
    for (const [id, { if: [key, sign, limit], was }] of words) shortcase.turned(id, MEETS[sign](value(key), limit), was);
    for (const [key, element] of drawnFigures()) {
      const text = DRAWN[key] === null ? shortcase.written(dear, "share", 0) : usd(value(key));
      shortcase.setBack(element, false);
      shortcase.reworded(element, element.textContent, text);
      element.textContent = text;
      element.toggleAttribute("data-drawn-here", true);
      if (text === element.built) continue;
      element.dataset.moved = "other";
      element.dataset.was = element.built;
    }
    hero.dataset.draws = sorted.length;
    if (sorted.length === DRAWS) odds = `The price exceeds the value in ${shortcase.written(dear, "share", 0)} of the cases. `;
    hero.querySelector(".hero-drawn").textContent = `Range and chance: from ${sorted.length.toLocaleString("en")} cases drawn in this page.`;
  };
  const asBuilt = () => {
    for (const [name, row] of rows) {
      [row.bar.style.cssText, row.bar.firstElementChild.style.cssText, row.amount.textContent] = built.get(name);
      row.amount.removeAttribute("data-now");
    }
    for (const [, element] of drawnFigures()) {
      shortcase.setBack(element, false);
      shortcase.reworded(element, element.textContent, element.built);
      element.textContent = element.built;
      for (const mark of ["data-moved", "data-was", "data-drawn-here"]) element.removeAttribute(mark);
    }
    for (const [id, { was }] of words) shortcase.turned(id, was, was);
    delete hero.dataset.draws;
    odds = "";
    hero.querySelector(".hero-drawn").textContent = "";
  };

  const show = async ({ moved, ranges: own }) => {
    const away = moved.size + own.size > 0;
    hero.toggleAttribute("data-away", away);
    document.querySelectorAll(".argument-verdicts a").forEach((badge) => badge.toggleAttribute("data-set-back", moved.size > 0));
    if (!away) {
      shortcase.valuing?.begin(); // what is still being computed is no longer asked for
      asBuilt();
      return;
    }
    for (const [, element] of drawnFigures()) shortcase.setBack(element, !element.hasAttribute("data-drawn-here"));
    odds = ""; // those of the case before
    if (!hero.dataset.draws) for (const [id] of words) shortcase.turned(id);
    try {
      await load();
    } catch {
      return; // the figures of the prose follow all the same; these stay as built
    }
    if (moved !== shortcase.state.moved) return;
    const { valuing } = shortcase;
    const p = valuing.values(moved);
    const going = valuing.slicer(valuing.begin());
    draw(ends(p));
    const ranges = Object.fromEntries(valuing.chain().uncertain.map((name) => {
      const { low, high } = valuing.chain().about[name];
      return [name, shortcase.state.ranges.get(name) ?? [low, high]];
    }));
    // After the frame in which the figures of the prose follow.
    requestAnimationFrame(() => setTimeout(() => valuing.drawn(p, ranges, DRAWS, SEED, going, tell)));
  };

  const build = (state, page) => {
    hero = document.querySelector("figure.hero");
    if (!hero) return;
    rows = new Map([...hero.querySelectorAll("tr[data-step]")].map((row) => {
      const [cell, line] = [row.querySelector(".hero-amount"), row.querySelector(".hero-bar")];
      return [row.dataset.step, { amount: cell, bar: line, built: cell.textContent }];
    }));
    built = new Map([...rows].map(([name, row]) => [name, [row.bar.style.cssText, row.bar.firstElementChild.style.cssText, row.built]]));
    most = Number(hero.dataset.most);
    const names = hero.dataset.sliders.split(" ").filter((name) => page.parameters[name]);
    const controls = names.map((name) => shortcase.control(name, page.parameters[name], { brief: true }));
    const back = make("button", { type: "button", class: "hero-back", hidden: true }, `Back to ${shortcase.address.origin().whole}`);
    back.addEventListener("click", () => {
      shortcase.state.ranges.clear();
      shortcase.move([...shortcase.state.moved.keys()].map((name) => [name, undefined]));
      hero.querySelector("input").focus();
    });
    const box = hero.querySelector(".hero-move");
    box.append(...controls.map((control) => control.box), make("div", { class: "hero-last" }, back, make("p", { class: "hero-drawn quiet" })));
    box.hidden = !controls.length;
    shortcase.drawnHere = new Set(Object.keys(DRAWN));
    shortcase.aside = () => odds;
    words = Object.entries(page.dead.when).filter(([, { if: limit }]) => limit && limit[0] in DRAWN);
    shortcase.watch((now) => {
      controls.forEach((control) => control.show());
      back.hidden = !now.moved.size && !now.ranges.size;
      show(now);
    });
  };
  shortcase.builders.push(build);
})((window.shortcase ??= {}));
