// Finds: ranks what the book holds against what is asked (MiniSearch, BM25+), one list for text, charts, parameters,
// claims, facts and words. The script with the entries calls `searchable`; nothing is fetched.
((shortcase) => {
  "use strict";
  const { words } = shortcase;
  const EACH = { section: 12, chart: 4, table: 3, parameter: 4, claim: 4, facts: 3, word: 3 };
  const WEIGHT = { section: 2, chart: 1, table: 0.6, parameter: 1.2, claim: 0.8, facts: 0.5, word: 1.6 };
  const BESIDE = 0.7; // pages that stand beside the argument give way to the chapters
  const ASIDE = /\/(?:index|hindsight|today|method)\.html$/;
  const SCATTERED = /^(?:further-reading|what-would-change-our-mind)/;
  const CHUNK = 40;
  const LONG = 170; // letters of an excerpt
  let entries = [];
  let engine;

  shortcase.searchable = (told) => {
    const stated = new Map(told.entries.filter(([kind]) => told.kinds[kind] === "claim").map(([, , id, paraphrase]) => [id, paraphrase]));
    entries = told.entries.map(([kind, page, anchor, title, under, parts, badges = []], id) => {
      const [address, of] = told.pages[page];
      const [text, claims] = [parts.map(([, words]) => words), badges.map((claim) => stated.get(claim) ?? "")].map((all) => all.join("\n"));
      return { id, kind: told.kinds[kind], address, page: of, anchor, title, under, parts, text, claims };
    });
    engine = new window.MiniSearch({
      fields: ["title", "under", "text", "claims"],
      tokenize: words.split,
      processTerm: words.indexed,
      searchOptions: { processTerm: words.asked, boost: { title: 3, under: 1.2, claims: 0.8 }, bm25: { k: 1.2, b: 0.4, d: 0.5 } },
    });
    shortcase.ready = engine.addAllAsync(entries, { chunkSize: CHUNK }); // a slow telephone stays usable meanwhile
  };

  const weight = (id) => {
    const { kind, address, anchor } = entries[id];
    return WEIGHT[kind] * (ASIDE.test(address) ? BESIDE : 1) * (SCATTERED.test(anchor) ? BESIDE : 1);
  };
  const options = { boostDocument: weight, weights: { prefix: 0.4, fuzzy: 0.3 } };
  // The last word may still be being written; a figure is taken as it stands once it has three digits.
  const begun = (term, i, all) => i === all.length - 1 && term.length > 1 && !/^\d{3,}/.test(term);

  // First what has every word, then what has some; words that are nowhere are read as the nearest that is.
  const ranked = (query) => {
    const every = engine.search(query, { ...options, combineWith: "AND", prefix: begun });
    if (every.length > 4) return every;
    const seen = new Set(every.map(({ id }) => id));
    const fuzzy = every.length ? false : (term) => (/^\p{L}{5,}$/u.test(term) ? 0.2 : false);
    const some = engine.search(query, { ...options, combineWith: "OR", prefix: begun, fuzzy });
    return [...every, ...some.filter(({ id }) => !seen.has(id))];
  };

  // The part of an entry that holds most of what was asked, and where in it.
  const best = (entry, terms) => {
    const wanted = new Set(terms);
    const read = entry.parts.map(([anchor, text]) => {
      const hits = words.words(text).filter(({ term }) => wanted.has(term) || wanted.has(term.replace(/[%x]$/, "")));
      return { anchor, text, hits, different: new Set(hits.map(({ term }) => term)).size };
    });
    return read.reduce((top, one) => (one.different > (top?.different ?? 0) ? one : top), undefined) ?? read[0];
  };
  // An excerpt as pieces of text, marked or not.
  const excerpt = (part) => {
    if (!part?.text) return [];
    const at = part.hits[0]?.from ?? 0;
    let from = at < LONG / 2 ? 0 : at - 50;
    if (from) from = part.text.indexOf(" ", from) + 1;
    let to = Math.min(part.text.length, from + LONG);
    if (to < part.text.length) to = Math.max(part.text.lastIndexOf(" ", to), from + 40);
    const pieces = [[from ? "… " : "", false]];
    let last = from;
    for (const hit of part.hits.filter((one) => one.from >= from && one.to <= to)) {
      pieces.push([part.text.slice(last, hit.from), false], [part.text.slice(hit.from, hit.to), true]);
      last = hit.to;
    }
    pieces.push([part.text.slice(last, to) + (to < part.text.length ? " …" : ""), false]);
    return pieces.filter(([text]) => text);
  };

  // Results in order: at most so many of a kind, and how many more there are.
  shortcase.find = (query) => {
    const counts = {};
    const found = [];
    for (const { id, terms } of ranked(query)) {
      const entry = entries[id];
      counts[entry.kind] = (counts[entry.kind] ?? 0) + 1;
      if (counts[entry.kind] > EACH[entry.kind]) continue;
      const part = best(entry, terms);
      const anchor = part?.different && part.anchor ? part.anchor : entry.anchor;
      found.push({ ...entry, address: `${entry.address}#${anchor}`, excerpt: excerpt(part), terms });
    }
    // Text is among the first three wherever there is any: the list is of the book, not of its registers.
    const text = found.findIndex(({ kind }) => kind === "section");
    if (text > 2) found.splice(2, 0, ...found.splice(text, 1));
    const more = Object.entries(counts).filter(([kind, n]) => n > EACH[kind]).map(([kind, n]) => [kind, n]);
    return { found, more };
  };
})((window.shortcase ??= {}));
