// Text into terms, the same for what is searched and for what is asked: figures keep their sign and their point, so that
// 4090, 45×, 45x, 61% and $142.62 are terms; a plural is its singular (Harman 1991, How effective is suffixing?).
((shortcase) => {
  "use strict";
  const WORD = /\d[\d,]*(?:\.\d+)?[\p{L}\p{N}]*[%×]?|[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu;
  const MARKS = /\p{M}/gu;
  const STOPS = new Set(
    ("a an and are as at be but by can do does for from had has have how i if in into is it its many much of on or so than that the " +
      "their them there these they this to was we were what when where which who why will with would").split(" "),
  );

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
  const words = (text) => [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ term: term(word), from: index, to: index + word.length }));
  // A figure with a sign is found without it as well: 45 finds 45×, while 45× finds no bare 45.
  const indexed = (word) => {
    const one = term(word);
    const bare = /^(\d[\d.]*)[%x]$/.exec(one)?.[1];
    return bare ? [one, bare] : one;
  };
  const asked = (word) => {
    const one = term(word);
    return STOPS.has(one) ? null : one;
  };
  const split = (text) => text.match(WORD) ?? [];
  shortcase.words = { split, words, term, indexed, asked };
})((window.shortcase ??= {}));
