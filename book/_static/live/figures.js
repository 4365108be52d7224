// Writes what follows from the reader's assumptions into the page: figures, verdicts, turns of phrase. What changed is
// marked by a line, a tint and a small arrow, and keeps what the book says beside it; what cannot follow is set back.
((shortcase) => {
  "use strict";
  const MARKS = { holds: "✓", "holds within rounding": "≈", fails: "✗", depends: "⇄" };
  const slug = (verdict) => verdict.replaceAll(" ", "-");
  const figures = new Map(); // key -> elements
  const badges = new Map();
  const whens = []; // {element, id, shown}
  const broken = new Set(); // figures whose own text the formulas do not give: those stay as built

  const gather = (within) => {
    for (const element of within.querySelectorAll("[data-num], [data-par], [data-claim]")) {
      const { num, par, claim } = element.dataset;
      const [map, key] = claim ? [badges, claim] : [figures, num ? `num ${num}` : `par ${par}`];
      if (!map.has(key)) map.set(key, []);
      if (map.get(key).includes(element)) continue;
      map.get(key).push(element);
      element.built = element.textContent;
      element.shown = element.built;
    }
  };

  // What is heard of a figure begins with what is seen of it.
  const reworded = (element, from, to) => {
    const name = element.getAttribute("aria-label");
    if (name?.startsWith(from)) element.setAttribute("aria-label", to + name.slice(from.length));
  };

  const put = (element, text, up) => {
    const way = text === element.built ? undefined : up === null ? "other" : up ? "up" : "down";
    if (element.shown === text && element.way === way) return; // most figures of a page, at most moves
    element.way = way;
    if (element.shown !== text) {
      reworded(element, element.shown, text);
      element.textContent = element.shown = text;
    }
    if (way) {
      element.dataset.moved = way;
      element.dataset.was = element.built;
    } else {
      delete element.dataset.moved;
      delete element.dataset.was;
    }
  };
  // Where a link to a figure leads: to the first that opens, for those in titles stand in the contents as well.
  const chief = (elements) => elements.find(({ tagName, isConnected }) => tagName === "BUTTON" && isConnected) ?? elements[0];
  // What stands still is quiet to the eye, and says to the ear that it is of another case.
  const setBack = (element, is) => {
    if (is === element.hasAttribute("data-set-back")) return;
    element.toggleAttribute("data-set-back", is);
    const still = `${element.shown}, ${shortcase.address.origin().is}`;
    if (is) reworded(element, element.shown, still);
    else reworded(element, still, element.shown);
  };

  const build = (state, page) => {
    // A wording that waits is part of the page too: its figures follow before it is shown.
    for (const element of document.querySelectorAll("[data-when]")) {
      const template = element.querySelector(":scope > template");
      if (template) whens.push({ element, template, id: element.dataset.when, shown: state.built.whens.get(element.dataset.when) ?? page.dead.when[element.dataset.when]?.was });
    }
    gather(document);
    whens.forEach(({ template }) => gather(template.content));
    for (const [key, { text }] of state.built.numbers) {
      if (figures.get(`num ${key}`)?.some((element) => element.built !== text)) broken.add(key);
    }
    for (const [name, { value, unit, digits }] of Object.entries(page.parameters)) {
      const text = shortcase.written(value, unit, digits);
      const elements = figures.get(`par ${name}`);
      if (elements?.some((element) => element.built !== text)) figures.delete(`par ${name}`);
    }
    for (const [id, { verdict }] of state.built.claims) {
      const elements = badges.get(id) ?? [];
      if (elements.some((element) => !element.built.endsWith(verdict))) broken.add(`claim ${id}`);
      for (const element of elements) element.verdict = verdict;
    }
  };

  const turn = (one, holds) => {
    if (one.shown === holds || holds === undefined) return;
    const { element, template } = one;
    const shown = [...element.childNodes].filter((node) => node !== template);
    element.prepend(template.content);
    template.content.append(...shown);
    one.shown = holds;
  };

  // Words that hang on a number which the page draws by itself, and which follows after the others: set back till then.
  const turned = (id, holds, was) => {
    for (const one of whens.filter((found) => found.id === id)) {
      turn(one, holds);
      one.element.toggleAttribute("data-turned", holds !== was);
      setBack(one.element, holds === undefined);
    }
  };

  // Resting on nothing in particular means on the whole book, such as a count of its verdicts.
  const restsOnMoved = (moved, on) => moved.size > 0 && (!on.length || on.some((name) => moved.has(name)));

  let rests; // key -> the parameters that a number rests on
  const point = new Map(); // parameter -> the value that is written
  const show = (state, page) => {
    const { moved, now, built } = state;
    rests ??= new Map(page.numbers.map(([key, , , , on]) => [key, on]));
    const changes = { figures: [], verdicts: [], words: 0, still: [] };
    for (const [key, before] of built.numbers) {
      const elements = figures.get(`num ${key}`);
      if (!elements) continue;
      const after = broken.has(key) ? undefined : now.numbers.get(key);
      const still = !after && restsOnMoved(moved, rests.get(key));
      for (const element of elements) {
        put(element, after ? after.text : element.built, after ? after.value > before.value : null);
        setBack(element, still);
      }
      if (still) changes.still.push(key);
      else if (after && after.text !== before.text) changes.figures.push({ key, before, after, element: chief(elements) });
    }
    for (const [key, { on }] of Object.entries(page.dead.number)) {
      if (shortcase.drawnHere?.has(key)) continue; // the page draws it anew by itself
      const is = restsOnMoved(moved, on);
      figures.get(`num ${key}`)?.forEach((element) => setBack(element, is));
      if (is && figures.has(`num ${key}`)) changes.still.push(key);
    }
    for (const [name, parameter] of Object.entries(page.parameters)) {
      if (point.get(name) === now.point[name]) continue;
      point.set(name, now.point[name]);
      const text = shortcase.written(now.point[name], parameter.unit, parameter.digits);
      for (const element of figures.get(`par ${name}`) ?? []) put(element, text, now.point[name] > parameter.value);
    }
    for (const [id, before] of built.claims) {
      const after = broken.has(`claim ${id}`) ? undefined : now.claims.get(id);
      for (const element of badges.get(id) ?? []) badge(element, before, after, !after && moved.size > 0);
      if (after && after.verdict !== before.verdict && badges.has(id)) {
        changes.verdicts.push({ id, before, after, element: chief(badges.get(id)) });
      }
    }
    for (const [id, { on }] of Object.entries(page.dead.claim)) {
      badges.get(id)?.forEach((element) => setBack(element, restsOnMoved(moved, on)));
    }
    for (const one of whens) {
      const still = page.dead.when[one.id];
      if (shortcase.drawnHere?.has(still?.if?.[0])) continue;
      turn(one, now.whens.get(one.id) ?? built.whens.get(one.id));
      const other = now.whens.has(one.id) && now.whens.get(one.id) !== built.whens.get(one.id);
      one.element.toggleAttribute("data-turned", other);
      changes.words += other;
      setBack(one.element, still ? restsOnMoved(moved, still.on) : built.whens.has(one.id) && !now.whens.has(one.id));
    }
    const here = [...moved.keys()].some((name) => name in page.parameters);
    document.documentElement.toggleAttribute("data-case-moved", here);
    state.changes = changes;
  };

  const badge = (element, before, after, still) => {
    const verdict = (after ?? before).verdict;
    setBack(element, still);
    if (element.verdict === verdict) return;
    element.verdict = verdict;
    put(element, `${MARKS[verdict]} ${verdict}`, null);
    element.classList.remove(...Object.keys(MARKS).map((name) => `verdict-${slug(name)}`));
    element.classList.add(`verdict-${slug(verdict)}`);
  };

  shortcase.builders.push(build);
  shortcase.watch(show);
  Object.assign(shortcase, { broken, turned, put, setBack, reworded });
})((window.shortcase ??= {}));
