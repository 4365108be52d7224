((shortcase) => {
"use strict";
const NBSP = "\u00a0";
const SI = [[1e18, "E"], [1e15, "P"], [1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""]];
const WORDS = [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]];
const raised = (power) => String(power).replace(/[-\d]/g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]);
const fixed = (size, decimals) => {
if (size >= 1e21) return BigInt(size).toString() + (decimals ? `.${"0".repeat(decimals)}` : "");
const text = size.toFixed(decimals);
const half = (size * 2 ** (decimals + 1)) % 1 === 0 && size.toFixed(decimals + 1).endsWith("5");
if (!half || Number(text.at(-1)) % 2 === 0) return text;
return text.slice(0, -1) + (Number(text.at(-1)) - 1);
};
const powered = (size, decimals) => {
const [more, power] = size.toExponential(decimals + 1).split("e");
const [mantissa, rounded] = size.toExponential(decimals).split("e");
const places = decimals + 1 - Number(power);
const exact = places > 0 ? (size * 2 ** places) % 1 === 0 : places >= -22 && size % 10 ** -places === 0;
const last = Number(mantissa.at(-1));
if (!exact || !more.endsWith("5") || rounded !== power || last % 2 === 0) return [mantissa, Number(rounded)];
return [mantissa.slice(0, -1) + (last - 1), Number(power)];
};
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
if (size >= 1000 || shown !== null) return `${sign}$${worded(size, shown)}`;
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
const written = (x, unit, digits = null) => {
if (!UNITS[unit]) throw new Error(`There is no unit ${unit}`);
return UNITS[unit](x, digits ?? null);
};
const PREFIXED = { bytes: "B", "bytes/s": "B/s", "FLOP/s": "FLOP/s", "FLOP/token": "FLOP per token", W: "W" };
const measure = (unit, like) => {
if (["share", "log share", "per year", "points"].includes(unit)) return 0.01;
if (PREFIXED[unit]) return SI.find(([least]) => Math.abs(like) >= least)?.[0] ?? 1;
return WORDS.find(([least]) => Math.abs(like) >= least)?.[0] ?? 1;
};
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
const typed = (x, unit) => {
const tries = [null, 1, 2, 3, 4, 5, 6, 7, 8].map((digits) => written(x, unit, digits));
return tries.find((text) => Math.abs(read(text, unit, x) - x) <= 1e-12 * Math.abs(x)) ?? x.toExponential();
};
Object.assign(shortcase, { written, read, typed, significant, UNITS });
})((window.shortcase ??= {}));
(function () {
"use strict";
var shortcase = (window.shortcase = window.shortcase || {});
var ROOT_PI = Math.sqrt(Math.PI), HALF_LOG_2PI = Math.log(2 * Math.PI) / 2;
function erfSeries(x) {
var square = x * x, sum = 0;
for (var k = 25.5; k > 1; k -= 1) sum = 2 + (square * sum) / k;
return (sum * x * Math.exp(-square)) / ROOT_PI;
}
function erfcFraction(x) {
if (x >= 30) return 0;
var square = x * x, a = 0, step = 0.5, p = 1, before = 0, q = step + square, below = 1, kept;
for (var n = 0; n < 50; n += 1) {
a += step;
step += 2;
var b = step + square;
kept = p; p = b * p - a * before; before = kept;
kept = q; q = b * q - a * below; below = kept;
}
return ((p / q) * x * Math.exp(-square)) / ROOT_PI;
}
function ndtr(x) {
var z = x * Math.SQRT1_2, size = Math.abs(z);
if (size < 1.5) return 0.5 + erfSeries(z) / 2;
var tail = erfcFraction(size) / 2;
return z < 0 ? tail : 1 - tail;
}
function ndtri(p) {
if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
if (p > 0.5) return -ndtri(1 - p);
var t = Math.sqrt(-2 * Math.log(p));
var x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
var central = p > 0.2;
for (var n = 0; n < 4; n += 1) {
var off = central ? erfSeries(x * Math.SQRT1_2) / 2 - (p - 0.5) : ndtr(x) - p;
var e = off * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
x -= e / (1 + (x * e) / 2);
}
return x;
}
function gammaln(x) {
if (x <= 0) return x === Math.floor(x) ? Infinity : Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - gammaln(1 - x);
var shift = 1;
for (; x < 12; x += 1) shift *= x;
var y = 1 / (x * x);
var series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360 - y / 156)))))) / x;
return (x - 0.5) * Math.log(x) - x + HALF_LOG_2PI + series - Math.log(shift);
}
shortcase.special = { ndtr: ndtr, ndtri: ndtri, gammaln: gammaln };
var HALVINGS = 64;
var RUN = {
"+": function (a, b) { return a + b; }, "-": function (a, b) { return a - b; },
"*": function (a, b) { return a * b; }, "/": function (a, b) { return a / b; },
"^": Math.pow, n: function (a) { return -a; }, a: Math.abs, e: Math.exp, l: Math.log, q: Math.sqrt,
f: Math.floor, c: Math.ceil, s: Math.sin, o: Math.cos, t: Math.tan, u: Math.atan, m: Math.min, x: Math.max,
">": function (a, b) { return a > b ? 1 : 0; }, g: function (a, b) { return a >= b ? 1 : 0; },
"<": function (a, b) { return a < b ? 1 : 0; }, h: function (a, b) { return a <= b ? 1 : 0; },
"=": function (a, b) { return a === b ? 1 : 0; }, "!": function (a, b) { return a !== b ? 1 : 0; },
"&": function (a, b) { return a && b ? 1 : 0; }, "|": function (a, b) { return a || b ? 1 : 0; },
"~": function (a) { return a ? 0 : 1; }, N: ndtr, Q: ndtri, G: gammaln,
};
var ONE = "naelqfcsotu~NQGV", THREE = "?R", TRUTHS = ">g<h=!&|~";
shortcase.program = function (table) {
var first = table.i.length + table.k.length, count = table.o.length;
var memory = new Float64Array(first + count), truth = new Uint8Array(first + count);
var A = new Int32Array(count), B = new Int32Array(count), C = new Int32Array(count), code = new Array(count);
var b = 0, c = 0;
table.k.forEach(function (value, n) { memory[table.i.length + n] = Number(value); });
for (var n = 0; n < count; n += 1) {
var letter = table.o.charAt(n), here = first + n;
var place = function (told) { return told > 0 ? here - told : -told; };
A[n] = letter === "V" ? table.a[n] : place(table.a[n]);
if (ONE.indexOf(letter) < 0) B[n] = place(table.b[b++]);
if (THREE.indexOf(letter) >= 0) C[n] = place(table.c[c++]);
truth[here] = TRUTHS.indexOf(letter) >= 0 ? 1 : 0;
code[n] = letter;
}
var call = code.map(function (letter) { return RUN[letter]; });
function run(from, to) {
for (var n = from; n < to; n += 1) {
var at = first + n;
switch (code[n]) {
case "+": memory[at] = memory[A[n]] + memory[B[n]]; break;
case "-": memory[at] = memory[A[n]] - memory[B[n]]; break;
case "*": memory[at] = memory[A[n]] * memory[B[n]]; break;
case "/": memory[at] = memory[A[n]] / memory[B[n]]; break;
case "?": memory[at] = memory[A[n]] ? memory[B[n]] : memory[C[n]]; break;
case "V": {
var root = n + A[n] + 1;
memory[first + root] = search(n, root);
n = root;
break;
}
default: memory[at] = call[n](memory[A[n]], memory[B[n]]);
}
}
}
function search(variable, root) {
function gap(x) {
memory[first + variable] = x;
run(variable + 1, root);
return memory[A[root]];
}
var low = memory[B[root]], high = memory[C[root]], atLow = gap(low), atHigh = gap(high), rising = atHigh > atLow;
if (atLow * atHigh > 0) return NaN;
for (var n = 0; n < HALVINGS; n += 1) {
var middle = (low + high) / 2;
if (gap(middle) < 0 === rising) low = middle;
else high = middle;
}
return (low + high) / 2;
}
function read(places) {
return places.map(function (place) { return truth[place] ? memory[place] !== 0 : memory[place]; });
}
return function (p) {
table.i.forEach(function (name, n) { memory[n] = p[name]; });
run(0, count);
return { n: read(table.n), g: read(table.g), t: read(table.t) };
};
};
})();
((shortcase) => {
"use strict";
const VERSION = "1";
const STORE = "shortcase";
const LONGEST = 20000;
const FIGURE = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;
const SPAN = /^(.{1,30})\.\.(.{1,30})$/;
const OWN = ["v", "edition"];
let known = new Map();
let book = { below: [], built: {}, scenario: "documented", edition: "", editions: {} };
shortcase.registry = (told) => {
known = new Map(Object.entries(told.parameters));
book = { ...book, ...told };
};
const brief = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
const nearest = (name) => {
const letters = new Set(name);
const far = (other) => [...other].filter((c) => !letters.has(c)).length + Math.abs(other.length - name.length);
const [best] = [...known.keys()].sort((a, b) => far(a) - far(b));
return best && far(best) <= 4 ? best : "";
};
const refusal = (name, value) => {
const [, least, most, kind] = known.get(name);
if (!Number.isFinite(value)) return "is no figure";
if (kind !== "float" && kind !== "int") return "cannot be moved in the page";
if (kind === "int" && !Number.isInteger(value)) return "takes whole numbers";
return value < least || value > most ? `goes from ${least} to ${most}` : "";
};
const crossed = (moved) => {
const at = (name) => moved.get(name) ?? known.get(name)?.[0];
return book.below.find(([lower, upper]) => at(lower) >= at(upper));
};
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
const written = ({ moved, ranges }, { edition = false } = {}) => {
const parts = [...known.keys()].flatMap((name) => [
...(moved.has(name) ? [`${name}=${moved.get(name)}`] : []),
...(ranges.has(name) ? [`${name}.range=${ranges.get(name).join("..")}`] : []),
]);
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
}
};
const foreign = () => {
const form = document.querySelector("form.filters");
if (!form) return [];
return [...form.querySelectorAll("[name], [data-toggle]")].map((part) => part.name || part.dataset.toggle);
};
const kept = () => {
const given = new URLSearchParams(location.search);
return foreign().filter((name) => given.has(name)).map((name) => `${name}=${encodeURIComponent(given.get(name))}`);
};
const begin = () => {
const asked = read(location.search, foreign());
return asked.given ? asked : { ...read(stored()), given: false };
};
const remember = (state) => {
const query = written(state);
store(query);
const rest = kept().join("&");
const whole = rest ? `${query ? `${query}&` : "?"}${rest}` : query;
try {
history.replaceState(history.state, "", `${location.pathname}${whole}${location.hash}`);
} catch {
}
};
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
shortcase.address = { read, written, begin, remember, refusal, crossed, known: () => known, book: () => book };
})((window.shortcase ??= {}));
((shortcase) => {
"use strict";
const { address, written, significant } = shortcase;
const SAME = 1e-3; // as in case/claims.py
const PASSES = ["holds", "holds within rounding"];
const listeners = [];
let page;
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
const follow = (moved, of = page) => {
const point = at(moved, of);
const { n, g, t } = of.run(point, shortcase.special);
const holds = (guards) => guards.every((i) => g[i] === of.guards[i]);
const whole = (x) => typeof x === "boolean" || Number.isFinite(x);
const numbers = new Map();
of.numbers.forEach(([key, unit, digits, guards], i) => {
if (whole(n[i]) && holds(guards)) numbers.set(key, { value: n[i], text: written(n[i], unit, digits) });
});
const claims = new Map();
for (const claim of of.claims) {
if ([claim.t, ...(claim.ends ?? [])].every((i) => whole(t[i])) && holds(claim.guards)) {
claims.set(claim.id, { verdict: verdict(claim, t), value: t[claim.t], unit: claim.unit });
}
}
const whens = new Map();
for (const when of of.whens) if (holds(when.guards)) whens.set(when.id, Boolean(t[when.t]));
return { point, numbers, claims, whens };
};
const swings = new Map();
const ranked = (names, keys) => {
const wanted = keys ?? answer();
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
const known = keys ? new Map() : swings;
for (const name of names) if (!known.has(name)) known.set(name, swing(name));
return [...names].sort((a, b) => known.get(b) - known.get(a));
};
const places = (keys) => keys.map((key) => page.numbers.findIndex(([name]) => name === key)).filter((i) => i >= 0);
const answer = () => {
const inside = [...document.querySelectorAll(".admonition.answer [data-num]")].map((element) => element.dataset.num);
return places(inside.length ? [...new Set(inside)] : page.numbers.map(([key]) => key));
};
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
shortcase.state.now = moved.size ? follow(moved) : shortcase.state.built;
for (const listener of listeners) listener(shortcase.state, page);
if (remember) address.remember(shortcase.state);
return "";
};
const label = (name) => page.parameters[name]?.label ?? name.replaceAll("_", " ");
shortcase.live = (told) => {
if (page) return shortcase.lent?.(told); // the script of another page, of which this one asked something
page = told;
const asked = address.begin();
shortcase.state = { moved: new Map(), ranges: asked.ranges, refused: asked.refused, asked, built: follow(new Map()) };
shortcase.state.now = shortcase.state.built;
const start = () => {
for (const build of shortcase.builders) build(shortcase.state, page);
move(asked.moved, { remember: asked.moved.size > 0 && !asked.refused.length });
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
return undefined;
};
shortcase.builders = [];
Object.assign(shortcase, { move, label, judged, follow, ranked: (names, keys) => ranked(names, keys && places(keys)), watch: (listener) => listeners.push(listener) });
})((window.shortcase ??= {}));
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
const put = (element, text, up) => {
if (element.shown !== text) element.textContent = element.shown = text;
const moved = text !== element.built;
if (moved) {
element.dataset.moved = up === null ? "other" : up ? "up" : "down";
element.dataset.was = element.built;
} else if (element.dataset.moved) {
delete element.dataset.moved;
delete element.dataset.was;
}
};
const chief = (elements) => elements.find(({ tagName, isConnected }) => tagName === "BUTTON" && isConnected) ?? elements[0];
const setBack = (element, is) => {
if (is === element.hasAttribute("data-set-back")) return;
element.toggleAttribute("data-set-back", is);
};
const build = (state, page) => {
for (const element of document.querySelectorAll("[data-when]")) {
const template = element.querySelector(":scope > template");
if (template) whens.push({ element, template, id: element.dataset.when, shown: state.built.whens.get(element.dataset.when) });
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
if (badges.get(id)?.some((element) => !element.built.endsWith(verdict))) broken.add(`claim ${id}`);
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
const restsOnMoved = (moved, on) => moved.size > 0 && (!on.length || on.some((name) => moved.has(name)));
const show = (state, page) => {
const { moved, now, built } = state;
const rests = new Map(page.numbers.map(([key, , , , on]) => [key, on]));
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
const is = restsOnMoved(moved, on);
figures.get(`num ${key}`)?.forEach((element) => setBack(element, is));
if (is && figures.has(`num ${key}`)) changes.still.push(key);
}
for (const [name, parameter] of Object.entries(page.parameters)) {
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
turn(one, now.whens.get(one.id) ?? built.whens.get(one.id));
const turned = now.whens.has(one.id) && now.whens.get(one.id) !== built.whens.get(one.id);
one.element.toggleAttribute("data-turned", turned);
changes.words += turned;
const still = page.dead.when[one.id];
setBack(one.element, still ? restsOnMoved(moved, still.on) : built.whens.has(one.id) && !now.whens.has(one.id));
}
const here = [...moved.keys()].some((name) => name in page.parameters);
document.documentElement.toggleAttribute("data-case-moved", here);
state.changes = changes;
};
const badge = (element, before, after, still) => {
const verdict = (after ?? before).verdict;
put(element, `${MARKS[verdict]} ${verdict}`, null);
setBack(element, still);
element.classList.remove(...Object.keys(MARKS).map((name) => `verdict-${slug(name)}`));
element.classList.add(`verdict-${slug(verdict)}`);
const name = element.getAttribute("aria-label");
if (name) element.setAttribute("aria-label", name.replace(/^[^:]*/, element.shown));
};
shortcase.builders.push(build);
shortcase.watch(show);
shortcase.broken = broken;
})((window.shortcase ??= {}));
((shortcase) => {
"use strict";
const STEPS = 200;
const FOLD = 20; // ends that differ by more than this are drawn on a logarithmic line, as on the page of parameters
let count = 0;
const scale = (p) => {
const stated = [p.value, p.low, p.high, p.essay].filter((x) => typeof x === "number");
let [low, high] = [Math.min(...stated), Math.max(...stated)];
const [least, most] = [p.min ?? -Infinity, p.max ?? Infinity];
const log = low > 0 && high / low > FOLD;
const [to, from] = log ? [Math.log, Math.exp] : [(x) => x, (x) => x];
const room = low === high ? Math.abs(low || 1) / 2 : (to(high) - to(low)) * 0.15;
low = Math.max(low === high && !log ? low - room : from(to(low) - room), least);
high = Math.min(low === high && !log ? high + room : from(to(high) + room), most);
const steps = p.kind === "int" ? Math.min(STEPS, Math.round(high) - Math.round(low)) || 1 : STEPS;
const unit = p.kind === "int" ? 1 : 10 ** Math.floor(Math.log10((high - low) / STEPS));
const place = (x) => Math.min(Math.max(((to(x) - to(low)) / (to(high) - to(low))) * steps, 0), steps);
const value = (at) => {
for (const exact of [p.value, p.essay]) if (typeof exact === "number" && Math.abs(place(exact) - at) < 0.5) return exact;
const x = from(to(low) + ((to(high) - to(low)) * at) / steps);
const round = log ? shortcase.significant(x, 3) : Number((Math.round(x / unit) * unit).toPrecision(12));
return Math.min(Math.max(p.kind === "int" ? Math.round(x) : round, least), most);
};
return { steps, place, value };
};
const make = (tag, attributes = {}, ...inside) => {
const element = document.createElement(tag);
for (const [name, value] of Object.entries(attributes)) {
if (value === true) element.setAttribute(name, "");
else if (value !== undefined && value !== false && value !== null) element.setAttribute(name, value);
}
element.append(...inside.filter((part) => part !== null && part !== undefined));
return element;
};
const at = (element, part, name = "--at") => {
element.style.setProperty(name, part);
return element;
};
const control = (name, p, { brief = false } = {}) => {
const id = `what-if-${(count += 1)}`;
const line = scale(p);
const text = (x) => shortcase.written(x, p.unit, p.digits);
const slider = make("input", { type: "range", id, min: 0, max: line.steps, step: "any" });
slider.step = 1;
const field = make("input", {
type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", "aria-label": `${p.label}, as a figure`,
"aria-describedby": `${id}-wrong`,
});
const wrong = make("p", { class: "wi-wrong", id: `${id}-wrong`, role: "alert" });
const back = make("button", { type: "button", class: "wi-back", title: `Back to ${text(p.value)}`, "aria-label": `${p.label}: back to ${text(p.value)}` }, "↺");
const track = make("span", { class: "wi-track" });
const part = (x) => line.place(x) / line.steps;
if (p.low !== null && p.low !== undefined) {
track.append(at(at(make("span", { class: "wi-range" }), part(p.low), "--from"), part(p.high), "--to"));
}
track.append(at(make("span", { class: "wi-mark wi-documented" }), part(p.value)));
if (typeof p.essay === "number") track.append(at(make("span", { class: "wi-mark wi-essay" }), part(p.essay)));
track.append(slider);
const now = () => shortcase.state.moved.get(name) ?? p.value;
const show = () => {
const x = now();
const moved = shortcase.state.moved.has(name);
if (document.activeElement !== slider || line.value(Number(slider.value)) !== x) slider.value = Math.round(line.place(x));
slider.setAttribute("aria-valuetext", text(x));
if (document.activeElement !== field) field.value = shortcase.typed(x, p.unit);
back.hidden = !moved;
box.toggleAttribute("data-moved", moved);
};
const refuse = (what) => {
wrong.textContent = what;
field.setAttribute("aria-invalid", String(Boolean(what)));
if (what) field.value = shortcase.typed(now(), p.unit);
};
const take = (x) => {
const refused = Number.isFinite(x) ? shortcase.address.refusal(name, x) : "is no figure";
if (refused && Number.isFinite(x)) return refuse(`From ${text(p.min)} to ${text(p.max)}.`);
if (refused) return refuse("Write a figure.");
refuse(shortcase.move([[name, x]]));
return undefined;
};
slider.addEventListener("input", () => take(line.value(Number(slider.value))));
const typed = () => {
if (field.value !== shortcase.typed(now(), p.unit)) take(shortcase.read(field.value, p.unit, p.value));
show();
};
field.addEventListener("change", typed);
field.addEventListener("blur", typed);
field.addEventListener("keydown", (event) => {
const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
if (!step) return;
event.preventDefault();
take(line.value(Math.min(Math.max(Math.round(line.place(now())) + step, 0), line.steps)));
field.value = shortcase.typed(now(), p.unit);
});
back.addEventListener("click", () => {
refuse(shortcase.move([[name, undefined]]));
slider.focus();
});
const stated = [
["wi-key-documented", `documented ${text(p.value)}`],
typeof p.essay === "number" ? ["wi-key-essay", `the essay’s ${text(p.essay)}`] : null,
p.low !== null && p.low !== undefined ? ["wi-key-range", `${text(p.low)} to ${text(p.high)}`] : null,
].filter(Boolean);
const about = make("p", { class: "wi-about" }, ...stated.map(([kind, words]) => make("span", { class: kind }, words)));
const source = make("details", { class: "wi-source" }, make("summary", {}, "Source", make("span", { class: "visually-hidden" }, ` of ${p.label}`)),
make("p", {}, p.source, " ", make("a", { href: `parameters.html#par-${name}` }, "More on it")));
const box = make(brief ? "span" : "div", { class: "wi-par", "data-name": name },
make("label", { for: id }, p.label), make("span", { class: "wi-row" }, track, field, back), wrong);
if (!brief) box.append(make("div", { class: "wi-foot" }, about, source));
show();
return { box, show };
};
Object.assign(shortcase, { control, make });
})((window.shortcase ??= {}));
((shortcase) => {
"use strict";
const views = new Map(); // figure -> its view
const rows = new Map(); // figure -> its tables as documented, by name
let pictures = { charts: {}, fixed: [], guards: [], run: () => ({ n: [], g: [] }) };
shortcase.pictures = (told) => (pictures = told);
const filled = (figure, { n }) =>
pictures.charts[figure.id].tables.map(({ data, columns }) => {
const cell = (told, before) => {
if (typeof told === "number") return n[told];
if (!Array.isArray(told)) return told.as ?? before;
return told.map((part) => (Array.isArray(part) ? shortcase.written(n[part[0]], part[1], part[2]) : part)).join("");
};
const names = Object.keys(columns);
const found = rows.get(figure)[data].map((row, i) => {
const next = { ...row };
for (const name of names) {
const told = columns[name];
next[name] = typeof told === "number" ? n[told + i] : typeof told[i] === "string" ? told[i] : cell(told[i], row[name]);
}
return next;
});
return [data, found];
});
const draw = (figure, tables) => {
const view = views.get(figure);
for (const [data, found] of tables) view.data(data, found);
view.runAsync();
};
const documented = (figure) => pictures.charts[figure.id].tables.map(({ data }) => [data, rows.get(figure)[data]]);
let notes = [];
let drawn = false; // whether anything but the documented rows has been drawn
const show = ({ moved, now }) => {
if (!moved.size && !drawn) return;
const told = moved.size ? pictures.run(now.point) : null;
for (const [figure, words] of notes) {
const picture = pictures.charts[figure.id];
const known = picture && told && picture.guards.every((i) => told.g[i] === pictures.guards[i]);
const tables = known && views.has(figure) ? filled(figure, told) : null;
const whole = known && (!tables || tables.every(([, found]) => found.every((row) => Object.values(row).every((x) => !Number.isNaN(x)))));
const fixed = pictures.fixed.includes(figure.id) || (picture && !picture.on.some((name) => moved.has(name)));
figure.toggleAttribute("data-following", Boolean(whole || fixed));
words.hidden = Boolean(fixed);
const kind = figure.classList.contains("vl") ? "chart" : "table";
const text = whole ? "This chart follows what is moved; its title and the table behind it are as documented."
: `As documented: this ${kind} does not follow what is moved.`;
if (words.textContent !== text) words.textContent = text;
if (picture && views.has(figure)) draw(figure, whole && tables ? tables : documented(figure));
}
drawn = moved.size > 0;
};
let waiting = false;
const later = () => {
if (waiting) return;
waiting = true;
requestAnimationFrame(() => {
waiting = false;
show(shortcase.state);
});
};
shortcase.builders.push(() => {
notes = [...document.querySelectorAll("figure.vl, figure.grid")].map((figure) => {
const words = shortcase.make("p", { class: "as-documented" });
const title = figure.querySelector(":scope > figcaption");
if (title) title.after(words);
else figure.prepend(words);
return [figure, words];
});
document.addEventListener("drawn", ({ target, detail }) => {
if (!pictures.charts[target.id]) return;
views.set(target, detail);
if (!rows.has(target)) rows.set(target, JSON.parse(target.querySelector(":scope > script").textContent).datasets);
if (shortcase.state.moved.size) later();
});
});
shortcase.watch(later);
})((window.shortcase ??= {}));
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
controls = shortcase.ranked(movable).map((name) => shortcase.control(name, page.parameters[name]));
const rest = controls.slice(FIRST).map(({ box }) => box);
moves = make("details", { class: "wi-moves" }, make("summary", {}, "What moved"), make("ul"));
presets = make("div", { class: "wi-presets", role: "group", "aria-label": "Scenarios" }, ...scenarios(page));
const beside = make("input", { type: "checkbox" });
beside.addEventListener("change", () => document.documentElement.toggleAttribute("data-beside", beside.checked));
panel.append(
presets,
...controls.slice(0, FIRST).map(({ box }) => box),
rest.length ? make("details", { class: "wi-rest" }, make("summary", {}, `${many(rest.length, "more assumption")} that this page rests on`), ...rest) : "",
make("label", { class: "wi-beside" }, beside, " The documented value beside each figure that moved"),
moves,
...shortcase.extras.map((extra) => extra(state, page)),
);
show(state, page);
};
const scenarios = (page) => {
const all = { documented: { title: "As documented", set: {} }, ...page.scenarios };
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
const chosen = (set, moved) => {
const differs = Object.entries(set).filter(([name, value]) => shortcase.address.known().get(name)?.[0] !== value);
return differs.length === moved.size && differs.every(([name, value]) => moved.get(name) === value);
};
const summary = ({ moved, changes }, page) => {
const here = [...moved.keys()].filter((name) => page.parameters[name]).length;
if (!moved.size) return "Move an assumption, and every figure here follows.";
if (!here) return `${many(moved.size, "assumption")} moved; nothing on this page rests on ${moved.size === 1 ? "it" : "them"}.`;
const parts = [`${many(changes.figures.length, "figure")} moved on this page`];
if (changes.verdicts.length) parts.push(`${many(changes.verdicts.length, "verdict")} flipped`);
if (changes.words) parts.push(`${many(changes.words, "turn of phrase", "turns of phrase")} changed`);
if (changes.still.length) parts.push(`${many(changes.still.length, "figure")} set back`);
return `${parts.join(", ")}.`;
};
const title = (element) => {
const trace = element.popoverTargetElement ?? element.nextElementSibling;
const head = trace?.querySelector?.(".why-head, .why-line")?.textContent ?? "";
return head.split(": ")[0];
};
const to = (element, words) => {
const link = make("a", { href: `#${element.id || element.closest("[id]")?.id || ""}` }, words);
link.addEventListener("click", (event) => {
event.preventDefault();
element.scrollIntoView({ block: "center" });
element.focus({ preventScroll: true });
});
return link;
};
const list = ({ changes }) => [
...changes.verdicts.map(({ element, before, after }) => {
const name = element.getAttribute("aria-label")?.split(": ").slice(1).join(": ") ?? "";
return make("li", {}, to(element, `${before.verdict} → ${after.verdict}`), ` ${name}`);
}),
...changes.figures.map(({ element, before, after }) => make("li", {}, to(element, `${before.text} → ${after.text}`), ` ${title(element)}`)),
];
let waiting;
const show = (state, page) => {
const words = summary(state, page);
if (said.textContent !== words) said.textContent = words;
reset.hidden = !state.moved.size;
bar.toggleAttribute("data-moved", state.moved.size > 0);
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
if (spoken !== words) waiting = setTimeout(() => (told.textContent = spoken = words), QUIET);
};
let spoken = "";
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
reset = make("button", { type: "button", class: "wi-reset", hidden: true }, "Back", make("span", { class: "wi-long" }, " to the documented case"));
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
shortcase.move([...shortcase.state.moved.keys()].map((name) => [name, undefined]));
opener.focus();
});
article.parentElement.append(bar);
shortcase.watch(show);
spoken = summary({ moved: new Map() }, page);
};
shortcase.extras = [];
shortcase.builders.push(build);
})((window.shortcase ??= {}));
((shortcase) => {
"use strict";
const { make } = shortcase;
const MOST = 4; // sliders in one trace; the bar has the others
const parameters = (trace, page) => {
const names = [...trace.querySelectorAll('a[href*="#par-"]')].map((link) => link.hash.slice(5));
return [...new Set(names)].filter((name) => ["float", "int"].includes(page.parameters[name]?.kind));
};
const key = (button) => button.dataset.num ?? button.dataset.par ?? button.dataset.claim;
const live = new WeakMap(); // trace -> what to show again
const dress = (button, trace, page) => {
const now = make("span", { class: "why-line why-now", hidden: true });
const as = make("span", { class: "why-line quiet why-built", hidden: true }, "What went in, as documented:");
const names = shortcase.ranked(parameters(trace, page), button.dataset.num && [button.dataset.num]);
const controls = names.slice(0, MOST).map((name) => shortcase.control(name, page.parameters[name], { brief: true }));
const still = page.dead.number[button.dataset.num] ?? page.dead.claim[button.dataset.claim];
const head = trace.querySelector(".why-head");
const movers = make("span", { class: "why-line why-what-if", hidden: !controls.length }, ...controls.map(({ box }) => box));
head?.after(now, movers, as);
const copy = make("button", { type: "button", class: "why-copy" }, "Copy with its trace");
copy.addEventListener("click", () => shortcase.copied(copy, shortcase.cited(button, trace)));
trace.append(copy);
const show = () => {
const { moved } = shortcase.state;
const changed = button.dataset.was !== undefined;
const set = button.hasAttribute("data-set-back");
now.hidden = !changed && !set;
if (changed) now.textContent = `Now ${button.textContent}; documented ${button.dataset.was}.`;
else if (set) now.replaceChildren(...shortcase.stillness(still));
as.hidden = !moved.size || set;
controls.forEach((control) => control.show());
};
live.set(trace, show);
return show;
};
shortcase.stillness = (still) => [
`As documented: ${still?.why ?? "the assumptions have left the path on which it can be computed in the page"}. Computed anew by `,
make("code", {}, shortcase.command("run")),
];
const build = (state, page) => {
document.addEventListener(
"beforetoggle",
(event) => {
const trace = event.target;
if (event.newState !== "open" || !trace.classList?.contains("why")) return;
const button = trace.previousElementSibling;
if (!button || !key(button)) return;
(live.get(trace) ?? dress(button, trace, page))();
},
{ capture: true },
);
shortcase.watch(() => {
const trace = document.querySelector(".why:popover-open");
if (trace) live.get(trace)?.();
});
};
shortcase.builders.push(build);
})((window.shortcase ??= {}));
((shortcase) => {
"use strict";
const { make, address } = shortcase;
const NAME = "my_case";
const settings = () => [...shortcase.state.moved].map(([name, value]) => `--set ${name}=${value}`).join(" ");
const from = () => {
const { scenario } = address.book();
return scenario === "documented" ? "" : ` --scenario ${scenario}`;
};
shortcase.command = (what) => {
const chapter = what === "run" ? ` ${shortcase.page}` : "";
return `shortcase ${what}${chapter}${from()} ${settings()}`.trim();
};
const link = () => {
const url = new URL(location.href);
return `${url.origin === "null" ? "file://" : url.origin}${url.pathname}${address.written(shortcase.state, { edition: true })}${url.hash}`;
};
const figure = (x) => (Number.isInteger(x) && Math.abs(x) < 1e15 ? String(x) : String(x).replace(/^(-?\d+)e/, "$1.0e"));
shortcase.scenarioFile = () => {
const set = { ...address.book().built, ...Object.fromEntries(shortcase.state.moved) };
const lines = Object.entries(set).map(([name, value]) => `  ${name}: ${typeof value === "number" ? figure(value) : JSON.stringify(value)}`);
return `title: My own case\nreason: Moved by a reader in the published book\nset:\n${lines.join("\n")}\n`;
};
shortcase.copied = async (button, text) => {
const words = button.textContent;
try {
await navigator.clipboard.writeText(text);
} catch {
const field = make("textarea", { readonly: true, class: "visually-hidden" });
field.value = text;
button.after(field);
field.select();
document.execCommand("copy");
field.remove();
button.focus();
}
button.textContent = "Copied";
setTimeout(() => (button.textContent = words), 1500);
};
shortcase.cited = (button, trace) => {
const lines = [...trace.querySelectorAll(":scope > .why-head, :scope > .why-line:not([hidden], .why-what-if)")];
const told = lines.map((line) => line.textContent.trim().replace(/\s+/g, " ")).filter(Boolean);
const title = document.querySelector("h1")?.firstChild?.textContent.trim() ?? "";
const moved = [...shortcase.state.moved].map(([name, value]) => `${name}=${value}`).join(", ");
const book = document.querySelector('meta[name="book-citation"]')?.content ?? "The Short Case, Recomputed";
return [...told, moved ? `Moved: ${moved}` : "As documented", `${book}: ${title}. ${link()}`].join("\n");
};
const extra = () => {
const shown = make("input", { type: "text", readonly: true, "aria-label": "Link to this case" });
const command = make("code", {});
const copyLink = make("button", { type: "button" }, "Copy the link");
const copyCommand = make("button", { type: "button" }, "Copy the command");
const file = make("a", { download: `${NAME}.yml`, class: "csv" }, "Scenario file");
const how = make("p", { class: "quiet" }, "Put the file into ", make("code", {}, "book/scenarios"), " and run ", make("code", {}, `shortcase build --scenario ${NAME}`), ".");
copyLink.addEventListener("click", () => shortcase.copied(copyLink, link()));
copyCommand.addEventListener("click", () => shortcase.copied(copyCommand, shortcase.command("build")));
const box = make("details", { class: "wi-take" }, make("summary", {}, "Take it along"),
make("p", { class: "wi-copy" }, shown, copyLink), make("p", { class: "wi-copy" }, command, copyCommand), make("p", { class: "wi-copy" }, file), how);
const show = () => {
box.hidden = !shortcase.state.moved.size && !shortcase.state.ranges.size;
if (box.hidden || !box.open) return;
shown.value = link();
command.textContent = shortcase.command("build");
file.href = `data:text/yaml;charset=utf-8,${encodeURIComponent(shortcase.scenarioFile())}`;
};
box.addEventListener("toggle", show);
shortcase.watch(show);
show();
return box;
};
shortcase.extras.push(extra);
shortcase.builders.push((state, page) => {
shortcase.page = page.page;
});
})((window.shortcase ??= {}));
