// Finds: ranks what the book holds against what is asked (MiniSearch, BM25+), one list for text, charts, parameters,
// claims, facts and words. The script with the entries calls `searchable`; nothing is fetched.
((shortcase) => {
  "use strict";
  const { words } = shortcase;
  const EACH = { section: 12, chart: 4, table: 3, parameter: 4, claim: 4, facts: 3, word: 3 };
  const WEIGHT = { section: 2, chart: 1, table: 0.6, parameter: 1.2, claim: 0.8, facts: 0.5, word: 1.6 };
  const BESIDE = 0.7; // pages that stand beside the argument give way to the chapters
  const ASIDE = /\/(?:index|hindsight|today|by_date|method)\.html$/;
  const AFTERWARDS = /\/(?:hindsight|today|by_date)\.html$/; // alone know what came after the essay
  const LATER = /\b(?:after|afterwards|since|later|now|today|hindsight|happened|so far|2026)\b/i;
  const SCATTERED = /^(?:further-reading|what-would-change-our-mind)/;
  const READ = 60; // of what fits best by its words, so many are read by paragraph
  const TOGETHER = 2; // how much it counts that the words stand together
  const NEAR = 0.5; // and how much more, that they stand near one another
  const NAMED = 1; // and that the question is its title
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
      searchOptions: { tokenize: (term) => [term], processTerm: (term) => term, boost: { title: 3, under: 1.2, claims: 0.8 }, bm25: { k: 1.2, b: 0.4, d: 0.5 } },
    });
    shortcase.ready = engine.addAllAsync(entries, { chunkSize: CHUNK }); // a slow telephone stays usable meanwhile
  };

  const weight = (id) => {
    const { kind, anchor } = entries[id];
    return WEIGHT[kind] * (SCATTERED.test(anchor) ? BESIDE : 1);
  };
  const options = { boostDocument: weight, weights: { prefix: 0.4, fuzzy: 0.3 } };
  const standing = (address, later) => (later && AFTERWARDS.test(address) ? 1 / BESIDE : ASIDE.test(address) ? BESIDE : 1);
  // The last word may still be being written; a figure is taken as it stands once it has three digits.
  const begun = (term) => term.length > 1 && !/^\d{3,}/.test(term);

  // What fits a term, by entry; kept, since a question is written letter by letter.
  const kept = new Map();
  const fitting = (term, how) => {
    const key = `${term} ${how.prefix ?? ""} ${how.fuzzy ?? ""}`;
    if (!kept.has(key)) kept.set(key, engine.search(term, { ...options, ...how }));
    return kept.get(key);
  };
  // What fits a word that was asked, by the best of its readings, and how much the word tells: the rarer, the more. One
  // that is nowhere is read as the nearest that is.
  const looked = (readings, last) => {
    const [[written]] = readings;
    const fits = new Map();
    const add = (found, part) => found.forEach(({ id, score, terms }) => {
      const one = fits.get(id) ?? { score: 0, terms: [] };
      fits.set(id, { score: Math.max(one.score, part * score), terms: [...one.terms, ...terms] });
    });
    for (const [term, part] of readings) add(fitting(term, { prefix: last && term === written && begun(term) }), part);
    if (!fits.size && /^\p{L}{5,}$/u.test(written)) add(fitting(written, { fuzzy: 0.2 }), 1);
    return { fits, tells: fits.size ? Math.log(1 + entries.length / fits.size) : 0 };
  };
  // How near one another the words stand at their nearest: 1 where as near as in the question.
  const nearness = (hits, asked) => {
    const places = [...new Set(hits.map(({ word }) => word))].map((word) => asked[word].at);
    if (places.length < 2) return 0;
    const last = new Map();
    let shortest = Infinity;
    for (const { word, at } of hits) {
      last.delete(word);
      last.set(word, at);
      if (last.size === places.length) shortest = Math.min(shortest, at - last.values().next().value);
    }
    return Math.min(1, (Math.max(...places) - Math.min(...places)) / shortest);
  };
  // The part of an entry that tells most of what was asked, together with the heading: where in it, how much, how near.
  const best = (entry, asked, wordOf) => {
    const read = (text) => words.words(text).flatMap((hit, at) => {
      const word = wordOf.get(hit.term) ?? wordOf.get(hit.term.replace(/[%x]$/, ""));
      return word === undefined ? [] : [{ ...hit, word, at }];
    });
    const head = read(`${entry.title} ${entry.page}`);
    const named = new Set(read(entry.title).map(({ term }) => term)).size / (words.meant(entry.title).length || 1);
    const fit = (hits) => {
      const told = [...new Set([...head, ...hits].map(({ word }) => word))].reduce((sum, word) => sum + asked[word].tells, 0);
      return told * (1 + NEAR * Math.max(nearness(hits, asked), nearness(head, asked)) + NAMED * named ** 2);
    };
    const parts = entry.parts.map(([anchor, text]) => {
      const hits = read(text);
      return { anchor, text, hits, fit: fit(hits) };
    });
    return parts.reduce((top, one) => (one.fit > top.fit ? one : top), { hits: [], ...(parts[0] ?? {}), fit: fit([]) });
  };
  // In order: by what fits the words (BM25+) and by how much of the question one paragraph tells, below its heading. A
  // long section has many words far from one another, and answers none of them.
  const ranked = (query) => {
    const asked = words.meant(query).map(({ at, readings }, i, all) => ({ at, ...looked(readings, i === all.length - 1) }));
    const later = LATER.test(query);
    const sums = new Map();
    asked.forEach(({ fits, tells }, word) => fits.forEach(({ score, terms }, id) => {
      const one = sums.get(id) ?? { id, score: 0, held: 0, wordOf: new Map() };
      sums.set(id, one);
      one.score += score;
      one.held += tells;
      terms.forEach((term) => one.wordOf.set(term, word));
    }));
    return [...sums.values()]
      .sort((a, b) => b.score * b.held - a.score * a.held)
      .slice(0, READ)
      .map((one) => ({ ...one, part: best(entries[one.id], asked, one.wordOf) }))
      .map((one) => ({ ...one, rank: one.score * one.part.fit ** TOGETHER * standing(entries[one.id].address, later) }))
      .sort((a, b) => b.rank - a.rank);
  };
  // An excerpt as pieces of text, marked or not.
  const excerpt = (part) => {
    if (!part.text) return [];
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
    for (const { id, part } of ranked(query)) {
      const entry = entries[id];
      counts[entry.kind] = (counts[entry.kind] ?? 0) + 1;
      if (counts[entry.kind] > EACH[entry.kind]) continue;
      const anchor = (part.hits.length && part.anchor) || entry.anchor;
      found.push({ ...entry, address: `${entry.address}#${anchor}`, excerpt: excerpt(part) });
    }
    // Text is among the first three wherever there is any: the list is of the book, not of its registers.
    const text = found.findIndex(({ kind }) => kind === "section");
    if (text > 2) found.splice(2, 0, ...found.splice(text, 1));
    const more = Object.entries(counts).filter(([kind, n]) => n > EACH[kind]).map(([kind, n]) => [kind, n]);
    return { found, more };
  };
})((window.shortcase ??= {}));
