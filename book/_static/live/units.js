// How a figure is written: `lib/shortcase/show/units.py` once more, digit for digit, for figures that the reader moves.
// JavaScript rounds an exact half up and Python to the even digit, so that every rounding here goes through `fixed`.
((shortcase) => {
  "use strict";
  const NBSP = "\u00a0";
  const SI = [[1e18, "E"], [1e15, "P"], [1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""]];
  const WORDS = [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]];
  const raised = (power) => String(power).replace(/[-\d]/g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]);

  // A size, not below zero, to so many decimals; an exact half goes to the even digit.
  const fixed = (size, decimals) => {
    if (size >= 1e21) return BigInt(size).toString() + (decimals ? `.${"0".repeat(decimals)}` : "");
    const text = size.toFixed(decimals);
    const half = (size * 2 ** (decimals + 1)) % 1 === 0 && size.toFixed(decimals + 1).endsWith("5");
    // In a half, the digit was rounded up; where that made it odd the even one is below.
    if (!half || Number(text.at(-1)) % 2 === 0) return text;
    return text.slice(0, -1) + (Number(text.at(-1)) - 1);
  };
  // The mantissa with so many decimals, and the power of ten: Python's format "e", halves to the even digit again.
  const powered = (size, decimals) => {
    const [more, power] = size.toExponential(decimals + 1).split("e");
    const [mantissa, rounded] = size.toExponential(decimals).split("e");
    const places = decimals + 1 - Number(power);
    const exact = places > 0 ? (size * 2 ** places) % 1 === 0 : places >= -22 && size % 10 ** -places === 0;
    const last = Number(mantissa.at(-1));
    if (!exact || !more.endsWith("5") || rounded !== power || last % 2 === 0) return [mantissa, Number(rounded)];
    return [mantissa.slice(0, -1) + (last - 1), Number(power)];
  };
  // To so many significant digits, as a number: Python's float(f"{x:.{digits}g}").
  const significant = (x, digits) => {
    if (!x) return x;
    const [mantissa, power] = powered(Math.abs(x), digits - 1);
    return Math.sign(x) * Number(`${mantissa}e${power}`);
  };
  const grouped = (text) => {
    const [whole, part] = text.split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part === undefined ? "" : `.${part}`);
  };
  const trimmed = (text) => (text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text);

  const scientific = (x, digits = null) => {
    if (x === 0) return "0";
    const [mantissa, power] = powered(Math.abs(x), digits ?? 2);
    return `${plain(Math.sign(x) * Number(mantissa), digits)}${NBSP}×${NBSP}10${raised(power)}`;
  };
  const plain = (x, digits = null) => {
    const size = Math.abs(x);
    if (size !== 0 && !(size >= 1e-6 && size < 1e15) && digits === null) return scientific(x);
    let text;
    if (digits !== null) text = grouped(fixed(size, digits));
    else if (size >= 99.95 || Number.isInteger(size)) text = grouped(fixed(size, 0));
    else text = trimmed(grouped(fixed(size, 2 - Number(size.toExponential().split("e")[1]))));
    return x < 0 && Number(text.replaceAll(",", "")) !== 0 ? `−${text}` : text;
  };
  const prefixed = (x, unit, digits) => {
    const [scale, prefix] = SI.find(([least]) => Math.abs(x) >= least * 0.9995) ?? SI.at(-1);
    return `${plain(x / scale, digits)}${NBSP}${prefix}${unit}`;
  };
  const worded = (x, digits = null) => {
    for (const [scale, word] of WORDS) if (Math.abs(x) >= scale * 0.9995) return `${plain(x / scale, digits)}${NBSP}${word}`;
    return plain(x, digits);
  };
  const money = (x, digits = null) => {
    const sign = x < 0 ? "−" : "";
    const size = Math.abs(x);
    const shown = digits === 1 && size < 1000 ? 2 : digits;
    if (size >= 1000 || shown !== null) {
      const text = worded(size, shown);
      return `${/[1-9]/.test(text) ? sign : ""}$${text}`;
    }
    if (Number.isInteger(size)) return `${sign}$${grouped(fixed(size, 0))}`;
    return size >= 0.0995 ? `${sign}$${grouped(fixed(size, 2))}` : `${sign}$${plain(significant(size, 2))}`;
  };
  const percent = (x, digits = null) => {
    const y = x * 100;
    const size = Math.abs(y);
    const shown = digits ?? (size >= 99.95 ? 0 : size >= 0.95 ? 1 : 2);
    let text = grouped(fixed(size, shown));
    if (y !== 0 && Number(text.replaceAll(",", "")) === 0) {
      const least = (10 ** -shown).toFixed(shown);
      return y < 0 ? `above −${least}%` : `under ${least}%`;
    }
    if (digits === null) text = trimmed(text);
    return `${y < 0 ? "−" : ""}${text}%`;
  };

  const after = (suffix, { number = worded, one = null } = {}) => (x, digits) => {
    const text = number(x, digits);
    return `${text}${NBSP}${one && text.replace(/^−+/, "") === "1" ? one : suffix}`;
  };
  const many = (one, suffix = `${one}s`) => after(suffix, { one });
  const si = (suffix) => (x, digits) => prefixed(x, suffix, digits);
  const dollars = (suffix) => (x, digits) => `${money(x, digits)} ${suffix}`;
  const UNITS = {
    share: percent,
    percent: (x, digits) => percent(x / 100, digits),
    points: after("points", { number: (x, digits) => plain(x * 100, digits), one: "point" }),
    multiple: (x, digits) => `${worded(x, digits)}×`,
    ratio: plain,
    count: worded,
    plain,
    USD: money,
    "USD/year": dollars("a year"),
    "USD/day": dollars("a day"),
    "USD/h": dollars("an hour"),
    "USD/GPU-h": dollars("a GPU-hour"),
    "USD/kWh": dollars("per kWh"),
    "USD/Mtoken": dollars("per million tokens"),
    "USD/share": dollars("a share"),
    years: many("year"),
    quarters: many("quarter"),
    months: many("month"),
    weeks: many("week"),
    days: many("day"),
    hours: many("hour"),
    "GPU-h": many("GPU-hour"),
    minutes: many("minute"),
    seconds: after("s"),
    "calendar year": (x) => (x < 0 ? "-" : "") + fixed(Math.abs(x), 0),
    "USD/month": dollars("a month"),
    "USD/task": dollars("a task"),
    "per year": (x, digits) => `${percent(x, digits)} a year`,
    tokens: many("token"),
    "tokens/s": after("tokens/s"),
    "tokens/day": after("tokens a day"),
    "words/min": after("words a minute"),
    bytes: si("B"),
    "bytes/s": si("B/s"),
    "bytes/token": (x, digits) => `${plain(x, digits)}${NBSP}bytes per token`,
    GiB: after("GiB"),
    bits: many("bit"),
    FLOP: after("FLOP", { number: scientific }),
    "FLOP/s": si("FLOP/s"),
    "FLOP/token": si("FLOP per token"),
    "FLOP/byte": after("FLOP per byte"),
    parameters: many("parameter"),
    W: si("W"),
    mm: after("mm"),
    mm2: after("mm²", { number: plain }),
    "per cm2": after("per cm²", { number: plain }),
    "orders of magnitude": many("order of magnitude", "orders of magnitude"),
    "log share": percent,
  };

  // A figure as the reader sees it; a unit that is none is an error of the book's, not of the reader's.
  const written = (x, unit, digits = null) => {
    if (!UNITS[unit]) throw new Error(`There is no unit ${unit}`);
    return UNITS[unit](x, digits ?? null);
  };

  const PREFIXED = { bytes: "B", "bytes/s": "B/s", "FLOP/s": "FLOP/s", "FLOP/token": "FLOP per token", W: "W" };
  // In which measure a person types a figure of this unit: shares in per cent, large sums in billions.
  const measure = (unit, like) => {
    if (["share", "log share", "per year", "points"].includes(unit)) return 0.01;
    if (PREFIXED[unit]) return SI.find(([least]) => Math.abs(like) >= least)?.[0] ?? 1;
    return WORDS.find(([least]) => Math.abs(like) >= least)?.[0] ?? 1;
  };
  // What a person typed, in base units: "40 %", "40", "$25,000", "3.5 trillion", "1.2e3"; NaN where it is no figure.
  // `like` is a figure of the same parameter: a bare "120" beside $115 billion means billions.
  const read = (text, unit, like) => {
    const found = /^\s*([-−]?)\s*\$?\s*(\d[\d,\s\u00a0]*\.?\d*|\.\d+)(e[+-]?\d{1,3})?\s*(%|×|[a-zµ].*|$)(.*)$/i.exec(text.slice(0, 60));
    if (!found) return NaN;
    const [, sign, digits, power = "", suffix, rest] = found;
    const bare = Number(digits.replace(/[,\s\u00a0]/g, "") + power) * (sign ? -1 : 1);
    const exponent = suffix === "×" && /^\s*10([⁻⁰¹²³⁴-⁹]+)/.exec(rest)?.[1];
    if (exponent) return Number(`${bare}e${exponent.replace(/./g, (sign) => "-0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign)])}`);
    const word = WORDS.find(([, name]) => suffix.toLowerCase().startsWith(name));
    if (word) return Number(`${bare}e${Math.log10(word[0])}`);
    if (suffix === "%") return unit === "percent" ? bare : Number(`${bare}e-2`);
    const scaled = PREFIXED[unit] && SI.find(([, prefix]) => suffix === `${prefix}${PREFIXED[unit]}`);
    if (scaled) return Number(`${bare}e${Math.log10(scaled[0])}`);
    if (power || /,/.test(digits)) return bare; // whoever writes 25,000,000 means it
    return Number(`${bare}e${Math.log10(measure(unit, like))}`);
  };
  // A figure as a person would type it, with as many digits as it takes to be read again as the same.
  const typed = (x, unit) => {
    for (const digits of [null, 1, 2, 3, 4, 5, 6, 7, 8]) {
      const text = written(x, unit, digits);
      if (Math.abs(read(text, unit, x) - x) <= 1e-12 * Math.abs(x)) return text;
    }
    return x.toExponential();
  };

  Object.assign(shortcase, { written, read, typed, significant, UNITS });
})((window.shortcase ??= {}));
