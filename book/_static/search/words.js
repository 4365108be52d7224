// Text into terms, the same for what is searched and for what is asked: figures keep their sign and their point, so that
// 4090, 45×, 45x, 61% and $142.62 are terms; a plural is its singular (Harman 1991, How effective is suffixing?).
((shortcase) => {
  "use strict";
  const WORD = /\d[\d,]*(?:\.\d+)?[\p{L}\p{N}]*[%×]?|[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu;
  const MARKS = /\p{M}/gu;

  const singular = (word) => {
    if (word.length < 4 || !word.endsWith("s") || /(?:us|ss|is)$/.test(word)) return word;
    if (/[^ae]ies$/.test(word)) return `${word.slice(0, -3)}y`;
    if (/(?:ch|sh|x|ss|z)es$/.test(word)) return word.slice(0, -2);
    return word.slice(0, -1);
  };
  // The term of a word as written; a book says most of its words many times.
  const known = new Map();
  const term = (word) => {
    if (!known.has(word)) known.set(word, made(word));
    return known.get(word);
  };
  const made = (word) => {
    const plain = word.normalize("NFKD").replace(MARKS, "").toLowerCase().replaceAll("×", "x");
    if (/^\d/.test(plain)) return plain.replaceAll(",", "");
    return singular(plain.replaceAll("’", "'").replace(/'s?$/, ""));
  };
  const STOPS = new Set(
    ("a an and are as at be but by can do does for from had has have how i if in into is it its many much of on or so than that the " +
      "their them there these they this to was we were what when where which who why will with would should could really mean my me you").split(" ").map(term),
  );
  const words = (text) => [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ term: term(word), from: index, to: index + word.length }));
  // A figure with a sign is found without it as well: 45 finds 45×, while 45× finds no bare 45.
  const indexed = (word) => {
    const one = term(word);
    const bare = /^(\d[\d.]*)[%x]$/.exec(one)?.[1];
    return bare ? [one, bare] : one;
  };
  // What newcomers call a thing, and what this book calls it; any of a line is read as any other, for half as much.
  const ALIKE = [
    "stock share equity", "worth value price", "overvalued overpriced overvaluation expensive dear", "undervalued cheap",
    "chip gpu accelerator card processor", "sell sold sale revenue", "earn profit margin", "spend spending capex expenditure",
    "rent rental", "fall fell drop crash loss", "rise rose climb", "last lifetime lifespan life", "writer author essay", "right wrong mistaken",
    "prove disprove mind", "assumption parameter input", "inference serving", "quick fast speed", "rival competitor competition", "lab laboratory",
    "company firm", "source fact", "number figure", "prediction predict forecast", "since afterward later hindsight", "chance luck probability likelihood odds",
    "risk threat danger", "electricity power energy", "sanction export ban", "money dollar cash", "computing compute computation",
    "reasoning thinking", "chinese china deepseek", "llm model", "big large", "position bet", "capm beta discounting", "dcf discounting", "fair worth",
  ].map((line) => line.split(" "));
  const ENDING = /(?:ing|ed|er|ly)$/;
  const SCALES = { m: "million", mn: "million", bn: "billion", tn: "trillion" };
  const SCALE = /(\d)\s?(m|mn|bn|tn)\b/gi;
  const HALF = 0.5;
  // A question as its words, each with what it may be read as and how much that counts, as written first.
  const meant = (query) => {
    const spelt = query.replace(SCALE, (_, figure, scale) => `${figure} ${SCALES[scale.toLowerCase()]}`);
    const all = split(spelt).map((word, at) => ({ one: term(word), at }));
    const telling = all.filter(({ one }) => !STOPS.has(one));
    return (telling.length ? telling : all).map(({ one, at }) => {
      const others = ALIKE.filter((line) => line.includes(one)).flat().map(term);
      if (/^\p{L}{5,}$/u.test(one) && ENDING.test(one)) others.push(one.replace(ENDING, ""));
      const bare = /^(\d[\d.]*)(?!x$)\p{L}+$/u.exec(one)?.[1]; // 700W, 128k
      if (bare) others.push(bare);
      const different = [...new Set(others)].filter((other) => other !== one);
      return { at, readings: [[one, 1], ...different.map((other) => [other, HALF])] };
    });
  };
  const split = (text) => text.match(WORD) ?? [];
  shortcase.words = { split, words, term, indexed, meant };
})((window.shortcase ??= {}));
