// The book as a function of its parameters, in the page: the state, what follows from it, and who wants to know.
// `shortcase.live({...})`, printed by the press for each page, brings the formulas; nothing here is a formula.
((shortcase) => {
  "use strict";
  const { address, written, significant } = shortcase;
  const SAME = 1e-3; // as in case/claims.py
  const PASSES = ["holds", "holds within rounding"];
  const listeners = [];
  let page;

  // The rule of the ledger on a computed value: case/claims.py, `judge`.
  const judged = (rule, x) => {
    if (rule.rule === "true") return x ? "holds" : "fails";
    const [first, last] = [rule.stated[0], rule.stated.at(-1)];
    const slack = rule.tolerance * Math.max(...rule.stated.map(Math.abs));
    if (rule.rule === "equals") {
      const apart = Math.abs(x - first);
      if (apart <= Math.max(SAME * Math.max(Math.abs(x), Math.abs(first)), 1e-12)) return "holds";
      const rounds = significant(x, rule.digits) === significant(first, rule.digits);
      return rounds || apart <= rule.tolerance * Math.abs(first) ? "holds within rounding" : "fails";
    }
    const low = rule.rule === "at_most" ? -Infinity : first;
    const high = rule.rule === "at_least" ? Infinity : last;
    if (low <= x && x <= high) return "holds";
    return low - slack <= x && x <= high + slack ? "holds within rounding" : "fails";
  };
  const verdict = (claim, values) => {
    const here = judged(claim, values[claim.t]);
    if (!claim.ends) return here;
    const passes = [claim.t, ...claim.ends].map((i) => PASSES.includes(judged(claim, values[i])));
    return passes.every((pass) => pass === passes[0]) ? here : "depends";
  };

  const at = (moved, of = page) => {
    const point = {};
    for (const name in of.parameters) point[name] = moved.get(name) ?? of.parameters[name].value;
    return point;
  };
  // Everything that follows from what is moved; a figure or verdict that is not known there is missing. `found`: what
  // the page's program gives, where it has been run; what it still searches for is as built where nothing is moved.
  const follow = (moved, of = page, found = undefined) => {
    const point = at(moved, of);
    const { n, g, t } = found ?? of.run(point, shortcase.special);
    const holds = (guards) => guards.every((i) => g[i] === of.guards[i]);
    const whole = (x) => typeof x === "boolean" || Number.isFinite(x);
    const numbers = new Map();
    const last = (of.last ??= []); // what a move does not change need not be written anew
    of.numbers.forEach(([key, unit, digits, guards, , built], i) => {
      const value = whole(n[i]) || moved.size ? n[i] : built;
      if (!whole(value) || !holds(guards)) return;
      if (last[i]?.value !== value) last[i] = { value, text: written(value, unit, digits) };
      numbers.set(key, last[i]);
    });
    const claims = new Map();
    for (const claim of of.claims) {
      if ([claim.t, ...(claim.ends ?? [])].every((i) => whole(t[i])) && holds(claim.guards)) {
        claims.set(claim.id, { verdict: verdict(claim, t), value: t[claim.t], unit: claim.unit });
      }
    }
    const whens = new Map();
    for (const { id, t: i, guards, was } of of.whens) {
      const met = whole(t[i]) || moved.size ? t[i] : was;
      if (whole(met) && holds(guards)) whens.set(id, Boolean(met));
    }
    return { point, numbers, claims, whens, late: Boolean(found) };
  };
  // What takes a search follows when the hand rests, one search at a time, unless something is moved again.
  const RESTS = 100;
  let resting;
  const search = (moved) => {
    clearTimeout(resting);
    if (!page.run.rest || !moved.size) return;
    const going = async () => {
      await new Promise((resume) => setTimeout(resume));
      return moved === shortcase.state.moved;
    };
    resting = setTimeout(async () => {
      const found = await page.run.rest(at(moved), going);
      if (found && moved === shortcase.state.moved) tell(follow(moved, page, found));
    }, RESTS);
  };
  const tell = (now) => {
    shortcase.state.now = now;
    for (const listener of listeners) listener(shortcase.state, page);
  };

  // Parameters by how far they move figures across their stated range, the strongest first. For the page's answer the
  // press has told their order; for other figures it is asked of those that come first in it.
  const CANDIDATES = 16;
  const ranked = (names, wanted) => {
    const order = Object.keys(page.parameters);
    const sorted = [...names].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    if (!wanted) return sorted;
    const swing = (name) => {
      const { low, high } = page.parameters[name];
      if (typeof low !== "number" || low === high) return 0;
      const ends = [low, high].map((x) => page.run({ ...at(new Map()), [name]: x }, shortcase.special).n);
      return wanted.reduce((sum, i) => {
        const [a, b] = [ends[0][i], ends[1][i]];
        const size = Math.max(Math.abs(a), Math.abs(b));
        return sum + (Number.isFinite(size) && size > 0 ? Math.abs(a - b) / size : 0);
      }, 0);
    };
    const first = sorted.splice(0, CANDIDATES);
    const known = new Map(first.map((name) => [name, swing(name)]));
    return [...first.sort((a, b) => known.get(b) - known.get(a)), ...sorted];
  };
  const places = (keys) => keys.map((key) => page.numbers.findIndex(([name]) => name === key)).filter((i) => i >= 0);

  // Moves parameters: a Map of name to value, or to undefined for the book's own value; refused where out of bounds.
  const move = (changes, { remember = true } = {}) => {
    const moved = new Map(shortcase.state.moved);
    for (const [name, value] of changes) {
      const known = address.known().get(name);
      if (value === undefined || value === known?.[0]) moved.delete(name);
      else if (known && !address.refusal(name, value)) moved.set(name, value);
    }
    const pair = address.crossed(moved);
    if (pair) return `${label(pair[0])} has to stay below ${label(pair[1]).toLowerCase()}`;
    shortcase.state.moved = moved;
    tell(moved.size ? follow(moved) : shortcase.state.built);
    search(moved);
    if (remember) address.remember();
    return "";
  };
  const label = (name) => page.parameters[name]?.label ?? name.replaceAll("_", " ");

  // What the press prints, unfolded: of parameters it tells the names, of what figures rest on the number of a set.
  const unfolded = (printed) => {
    const { parameters, on, numbers, claims, whens, dead } = printed;
    if (!on) return printed;
    const sets = on.map((places) => places.map((place) => parameters[place]));
    const rests = (one) => ({ ...one, on: sets[one.on] });
    return {
      ...printed,
      parameters: Object.fromEntries(parameters.map((name) => [name, address.described(name)])),
      numbers: numbers.map(([key, unit, digits, guards, set, built]) => [key, unit, digits, guards, sets[set], built]),
      claims: claims.map(rests),
      whens: whens.map(rests),
      dead: Object.fromEntries(Object.entries(dead).map(([kind, found]) => [kind, Object.fromEntries(Object.entries(found).map(([name, one]) => [name, rests(one)]))])),
    };
  };

  shortcase.live = (printed) => {
    const told = unfolded(printed);
    if (page) return shortcase.lent?.(told); // the script of another page, of which this one asked something
    page = told;
    const asked = address.begin();
    shortcase.state = { moved: new Map(), ranges: asked.ranges, price: asked.price, refused: asked.refused, asked, built: follow(new Map()) };
    shortcase.state.now = shortcase.state.built;
    const start = () => {
      for (const build of shortcase.builders) build(shortcase.state, page);
      move(asked.moved, { remember: asked.moved.size > 0 && !asked.refused.length });
    };
    // Scripts with `defer` run when the page is read, so that there is nothing to wait for.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
    return undefined;
  };
  shortcase.builders = [];
  Object.assign(shortcase, { move, label, judged, follow, ranked: (names, keys) => ranked(names, keys && places(keys)), watch: (listener) => listeners.push(listener) });
})((window.shortcase ??= {}));
