// What the reader moved, as an address, and back: ?v=1&demand_elasticity=1.2 says what differs from the book, no more.
// What cannot be taken is refused by name, and the rest is kept. The state goes along to other pages in the links
// themselves, so that it also does where there is no storage, and in the session's storage for pages typed by hand.
((shortcase) => {
  "use strict";
  const VERSION = "1";
  const STORE = "shortcase";
  const LONGEST = 20000;
  const FIGURE = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
  const SPAN = /^(.{1,30})\.\.(.{1,30})$/;
  const OWN = ["v", "edition", "price"];

  // Every parameter of the book: name -> [value, least, most, kind]; and what this build sets itself.
  let known = new Map();
  let book = { below: [], built: {}, scenario: "documented", edition: "", editions: {}, about: {} };
  shortcase.registry = (told) => {
    known = new Map(Object.entries(told.parameters));
    book = { ...book, ...told };
  };

  // What a moved figure is set against: the documented case, or in a book under other values what those gave it.
  const DOCUMENTED = { value: "documented", is: "as documented", opening: "As documented", each: "The documented value", whole: "the documented case" };
  const BUILT = { value: "as built", is: "as built", opening: "As built", each: "The value as built", whole: "the case as built" };
  const origin = () => (Object.keys(book.built).length ? BUILT : DOCUMENTED);

  // A parameter with all that the registry says of it.
  const described = (name) => {
    const [value, min, max, kind] = known.get(name) ?? [];
    return { value, min, max, kind, ...book.about[name] };
  };

  const brief = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
  const nearest = (name) => {
    const letters = new Set(name);
    const far = (other) => [...other].filter((c) => !letters.has(c)).length + Math.abs(other.length - name.length);
    const [best] = [...known.keys()].sort((a, b) => far(a) - far(b));
    return best && far(best) <= 4 ? best : "";
  };

  // Why a value of a parameter cannot be taken; nothing where it can.
  const refusal = (name, value) => {
    const [, least, most, kind] = known.get(name);
    if (!Number.isFinite(value)) return "is no figure";
    if (kind !== "float" && kind !== "int") return "cannot be moved in the page";
    if (kind === "int" && !Number.isInteger(value)) return "takes whole numbers";
    return value < least || value > most ? `goes from ${least} to ${most}` : "";
  };
  // The price that a reader asks about is no parameter; what it may be is what the field on the page takes.
  const priced = (x) => x > 0 && x < 1e6;

  // Pairs of which the first has to stay below the second, or what is computed from them has no finite value.
  const crossed = (moved) => {
    const at = (name) => moved.get(name) ?? known.get(name)?.[0];
    return book.below.find(([lower, upper]) => at(lower) >= at(upper));
  };

  // The query of an address: what it moves, what was refused and why, and the edition that it was made with.
  const read = (query, foreign = []) => {
    const found = { moved: new Map(), ranges: new Map(), refused: [], edition: "", given: false };
    const given = new URLSearchParams(query);
    if (!given.has("v")) return found;
    found.given = true;
    if (given.get("v") !== VERSION || given.getAll("v").length > 1) {
      found.refused.push(`the link is of version ${brief(given.getAll("v").join(", "))}; this book reads version ${VERSION}`);
      return found;
    }
    found.edition = brief(given.get("edition") ?? "");
    if (query.length > LONGEST) {
      found.refused.push(`the link is ${query.length.toLocaleString("en")} letters long, which no link of the book is`);
      return found;
    }
    for (const text of given.getAll("price").slice(0, 1)) {
      const price = given.getAll("price").length === 1 && FIGURE.test(text) && text.length < 30 ? Number(text) : NaN;
      if (priced(price)) found.price = price;
      else found.refused.push(`price=${brief(text)}: it is not one price above nothing and below a million`);
    }
    for (const name of new Set(given.keys())) {
      if (OWN.includes(name) || foreign.includes(name)) continue;
      const texts = given.getAll(name);
      const of = name.endsWith(".range") ? name.slice(0, -6) : "";
      if (known.has(of) && texts.length === 1) {
        const ends = SPAN.exec(texts[0])?.slice(1) ?? [];
        const [low, high] = ends.map((end) => (FIGURE.test(end) ? Number(end) : NaN));
        const wrong = !(low <= high) ? "is no range" : refusal(of, low) || refusal(of, high);
        if (wrong) found.refused.push(`${name}=${brief(texts[0])}: it ${wrong}`);
        else found.ranges.set(of, [low, high]);
        continue;
      }
      const value = FIGURE.test(texts[0]) && texts[0].length < 30 ? Number(texts[0]) : NaN;
      const entry = `${brief(name)}=${brief(texts[0])}`;
      if (!known.has(name)) {
        const like = nearest(name);
        found.refused.push(`${entry}: there is no such parameter${like ? `; the nearest is ${like}` : ""}`);
      } else if (texts.length > 1) found.refused.push(`${brief(name)} is set ${texts.length} times`);
      else if (refusal(name, value)) found.refused.push(`${entry}: it ${refusal(name, value)}`);
      else if (value !== known.get(name)[0]) found.moved.set(name, value);
    }
    for (let pair = crossed(found.moved); pair; pair = crossed(found.moved)) {
      const gone = pair.filter((name) => found.moved.delete(name));
      if (!gone.length) break;
      found.refused.push(`${gone.join(" and ")}: ${pair[0]} has to stay below ${pair[1]}`);
    }
    return found;
  };

  // The query that says what is moved, in the order of the registry; empty where nothing is.
  const written = ({ moved, ranges, price }, { edition = false } = {}) => {
    const parts = [...known.keys()].flatMap((name) => [
      ...(moved.has(name) ? [`${name}=${moved.get(name)}`] : []),
      ...(ranges.has(name) ? [`${name}.range=${ranges.get(name).join("..")}`] : []),
    ]);
    if (price) parts.push(`price=${price}`);
    if (!parts.length) return "";
    if (edition && book.edition) parts.push(`edition=${book.edition}`);
    return `?v=${VERSION}&${parts.join("&").replaceAll("+", "%2B")}`;
  };

  const stored = () => {
    try {
      return sessionStorage.getItem(STORE) ?? "";
    } catch {
      return ""; // a browser may refuse storage to a file, or to everybody
    }
  };
  const store = (query) => {
    try {
      if (query) sessionStorage.setItem(STORE, query);
      else sessionStorage.removeItem(STORE);
    } catch {
      // The links carry it all the same.
    }
  };

  // A page with filters of its own keeps its part of the address.
  const foreign = () => {
    const form = document.querySelector("form.filters");
    if (!form) return [];
    return [...form.querySelectorAll("[name], [data-toggle]")].map((part) => part.name || part.dataset.toggle);
  };
  const kept = () => {
    const given = new URLSearchParams(location.search);
    return foreign().filter((name) => given.has(name)).map((name) => `${name}=${encodeURIComponent(given.get(name))}`);
  };

  // What the page begins with: its address, or else what was moved on the pages before.
  const begin = () => {
    const asked = read(location.search, foreign());
    return asked.given ? asked : { ...read(stored()), given: false };
  };
  // Written once the hand rests: a slider that is drawn along moves sixty times a second, and a browser refuses addresses
  // after a hundred or so within some seconds, so that the last one, which is the link, would be lost.
  const REST_MS = 200;
  let due = 0;
  const write = () => {
    clearTimeout(due);
    due = 0;
    const query = written(shortcase.state);
    store(query);
    const rest = kept().join("&");
    const whole = rest ? `${query ? `${query}&` : "?"}${rest}` : query;
    try {
      history.replaceState(history.state, "", `${location.pathname}${whole}${location.hash}`);
    } catch {
      // Some browsers let a page that was opened from a file keep one address only.
    }
  };
  const remember = () => {
    clearTimeout(due);
    due = setTimeout(write, REST_MS);
  };
  addEventListener("pagehide", () => due && write());

  // Links to other pages of the book take along what is moved, at the moment they are used.
  const home = new URL("../../", document.currentScript.src).href;
  const carry = (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !link.href.startsWith(home) || link.hasAttribute("download") || !/\.html($|[?#])/.test(link.href)) return;
    const to = new URL(link.href);
    if (to.pathname === location.pathname && to.hash) return;
    const given = new URLSearchParams(to.search);
    if (given.has("v") && !link.dataset.carries) return; // a link that sets a case of its own
    const own = [...given].filter(([name]) => !known.has(name) && !OWN.includes(name));
    const query = written(shortcase.state);
    const rest = own.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    to.search = rest ? `${query ? `${query}&` : "?"}${rest}` : query;
    link.href = to.href;
    link.dataset.carries = "";
  };
  for (const kind of ["click", "auxclick", "contextmenu"]) document.addEventListener(kind, carry, { capture: true });

  shortcase.state = { moved: new Map(), ranges: new Map() };
  shortcase.address = { read, written, begin, remember, refusal, priced, crossed, described, origin, known: () => known, book: () => book };
})((window.shortcase ??= {}));
