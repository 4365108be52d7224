// The page of the reader's own case: what follows from what is moved, all in one place. Each part fills the placeholder
// of its name; parts that take longer than a frame are computed in slices, after those that do not.
((shortcase) => {
  "use strict";
  const { make, valuing } = shortcase;
  const FIRST_DRAWS = 512;
  const DRAWS = 4096;
  const SEED = 1;
  const LEVELS = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
  const usd = (x) => shortcase.written(Math.round(x * 100) / 100, "USD");
  const share = (x) => shortcase.written(x, "share");
  const odds = (x) => shortcase.written(x, "share", 0); // as on the first page, and no more digits than the draws carry
  const place = (name) => document.querySelector(`[data-case="${name}"]`);
  let parameters, price;
  let told = ""; // the odds that were drawn last, for who listens

  const unit = (name) => parameters[name].unit;
  const label = (name) => parameters[name].label;
  const figure = (name, x) => shortcase.written(x, unit(name));
  const cell = (text, attributes = {}) => make("td", attributes, text);
  const head = (text, attributes = {}) => make("th", { scope: "row", ...attributes }, text);
  const table = (caption, heads, rows) =>
    make("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": caption },
      make("table", {}, make("caption", {}, caption),
        make("thead", {}, make("tr", {}, ...heads.map((text, i) => make("th", { scope: "col", class: i ? "amount" : null }, text)))),
        make("tbody", {}, ...rows.map((cells) => make("tr", {}, ...cells)))));
  const amount = { class: "amount" };
  const side = (x) => (x < price ? "below the price" : "above the price");

  const svg = (tag, attributes, ...inside) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };

  // One line from nothing to the most: the three values of the case, and the price.
  const line = (values) => {
    const most = Math.max(price, ...values.map(([, x]) => x)) * 1.12;
    const at = (x) => 20 + (Math.max(x, 0) / most) * 640;
    const marks = values.map(([words, x, kind], i) => svg("g", { class: `case-${kind}` },
      svg("circle", { cx: at(x), cy: 62, r: 6 }),
      svg("text", { x: at(x), y: i % 2 ? 100 : 84, "text-anchor": at(x) > 560 ? "end" : at(x) < 100 ? "start" : "middle" }, `${words} ${usd(x)}`)));
    const said = `The price ${usd(price)}; ${values.map(([words, x]) => `${words} ${usd(x)}`).join("; ")}`;
    return svg("svg", { class: "case-line", viewBox: "0 0 680 108", role: "img", "aria-label": said },
      svg("line", { x1: 20, x2: 660, y1: 62, y2: 62, class: "case-axis" }),
      svg("line", { x1: at(price), x2: at(price), y1: 26, y2: 74, class: "case-price" }),
      svg("text", { x: at(price), y: 18, "text-anchor": "middle", class: "case-price-word" }, `price ${usd(price)}`), ...marks);
  };

  const showWorth = (p, worths, likely) => {
    const [none, all, mean] = [worths[0], worths.at(-1), valuing.mean(worths, likely)];
    const over = Math.abs(mean - price) < 0.005 ? "just" : mean < price ? "more than" : "less than";
    place("worth").replaceChildren(
      make("p", { class: "case-answer" }, "In this case a share is worth ", make("strong", {}, usd(mean)), ` with each threat weighed by its chance. It cost ${usd(price)}, ${over} that.`),
      line([["none", none, "none"], ["weighed", mean, "weighed"], ["all five", all, "all"]]),
    );
  };

  const showThreats = (p, worths, likely) => {
    const parts = valuing.parts(worths, likely);
    const mean = valuing.mean(worths, likely);
    const most = Math.max(worths[0], mean, price);
    let left = worths[0];
    const bar = (from, to, kind) => make("span", { class: "case-bar", "aria-hidden": "true" }, style(make("span", { class: `case-fill ${kind}` }), Math.min(from, to) / most, Math.abs(from - to) / most));
    const rows = valuing.chain().threats.map(([name, words], i) => {
      const from = left;
      left += parts[i];
      const change = `${parts[i] >= 0.005 ? "+" : ""}${usd(parts[i])}`;
      return [head(words), cell(share(p[`${name}_chance`]), amount), cell(change, amount), cell(bar(from, left, parts[i] < 0 ? "down" : "up"))];
    });
    place("threats").replaceChildren(table("From a share without any threat to one with each weighed by its chance", ["Threat", "Chance", "Changes it by", "On the way from one to the other"], [
      [head("Without any threat"), cell("", amount), cell(usd(worths[0]), amount), cell(bar(0, worths[0], "whole"))],
      ...rows,
      [head("Weighed by their chances"), cell("", amount), cell(usd(mean), amount), cell(bar(0, mean, "whole"))],
    ]));
  };
  const style = (element, from, size) => {
    element.style.setProperty("--from", from);
    element.style.setProperty("--size", size);
    return element;
  };

  const showScenarios = async (p, going) => {
    const { documented, ...others } = valuing.chain().scenarios;
    const under = (set) => valuing.values(new Map(Object.entries(set)));
    const all = [["This case", p], ["As documented", under(documented?.set ?? {})]];
    for (const { title, set } of Object.values(others)) all.push([title, under(set)]);
    const rows = [];
    for (const [title, q] of all) {
      if (!(await going())) return;
      const worths = valuing.combinations(q);
      const mean = valuing.mean(worths, valuing.chances(q));
      rows.push([head(title), ...[worths[0], mean, worths.at(-1)].map((x) => cell(usd(x), { ...amount, title: side(x) })), cell(side(mean))]);
    }
    place("scenarios").replaceChildren(table(`A share under each scenario, against a price of ${usd(price)}`, ["Scenario", "No threat", "Weighed", "All five", "Weighed, it is"], rows));
  };

  const showReverse = async (p, target, going) => {
    const rows = [];
    for (const name of valuing.chain().implied) {
      const without = await valuing.needed(p, name, target, (q) => valuing.worth(q, 0), going);
      const weighed = await valuing.needed(p, name, target, valuing.weighed, going);
      if (without === undefined || weighed === undefined) return;
      const told = (x) => (x === null ? "no value does" : figure(name, x));
      rows.push([head(label(name)), cell(figure(name, p[name]), amount), cell(told(without), amount), cell(told(weighed), amount)]);
    }
    answer("reverse").replaceChildren(table(`Which value of one input alone makes a share worth ${usd(target)}`, ["Input", "In this case", "No threat", "Threats weighed"], rows));
  };

  const FEW = 6;
  const LEAST = 1e-4; // of the whole move: what an input moves by less changes no cent
  const DIGITS = 6; // of an input that is moved there: they meet the price to the cent, and a link can be read
  const showFlip = async (p, target, going) => {
    const spans = {};
    for (const name of valuing.chain().uncertain) {
      const { low, high } = parameters[name];
      if (high > low) spans[name] = high - low;
    }
    const found = await valuing.nearest(p, target, spans, going);
    if (found === undefined) return;
    if (!found) {
      place("flip").replaceChildren(make("p", {}, `No joint move of up to four stated ranges makes a share worth ${usd(target)}.`));
      return;
    }
    const sorted = found.moves.filter(({ ranges }) => Math.abs(ranges) > LEAST * found.distance).sort((a, b) => Math.abs(b.ranges) - Math.abs(a.ranges));
    if (usd(valuing.weighed(p)) === usd(target)) {
      place("flip").replaceChildren(make("p", {}, `In this case a share is worth ${usd(target)} as it is.`));
      return;
    }
    const rest = sorted.slice(FEW);
    const take = make("button", { type: "button", class: "case-button" }, "Move there");
    take.addEventListener("click", () => shortcase.move(sorted.map(({ name, to }) => [name, Number(to.toPrecision(DIGITS))])));
    place("flip").replaceChildren(
      make("p", {}, `The nearest case in which a share is worth ${usd(target)} is ${shortcase.written(found.distance, "plain")} stated ranges away, every input moved a little:`),
      table("The nearest case on the other side of the price", ["Input", "From", "To", "In stated ranges"],
        sorted.slice(0, FEW).map(({ name, from, to, ranges }) => [head(label(name)), cell(figure(name, from), amount), cell(shortcase.written(to, unit(name), precise(name, from, to)), amount), cell(shortcase.written(ranges, "plain"), amount)])),
      make("p", { class: "quiet" }, rest.length ? `and ${rest.length} more, by at most ${shortcase.written(Math.abs(rest[0].ranges), "plain")} each. ` : "", take));
  };
  // A small move must not read as none: more decimals where both ends would be written alike.
  const precise = (name, from, to) => [null, 1, 2, 3, 4].find((digits) => shortcase.written(from, unit(name), digits) !== shortcase.written(to, unit(name), digits)) ?? null;

  const ranges = () => {
    const found = {};
    for (const name of valuing.chain().uncertain) {
      const { low, high } = parameters[name];
      found[name] = shortcase.state.ranges.get(name) ?? [low, high];
    }
    return found;
  };
  const quantile = (sorted, level) => {
    const at = level * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
    return below + (above - below) * (at - Math.floor(at));
  };
  const curve = (sorted) => {
    const most = Math.max(quantile(sorted, 0.97), price * 1.3);
    const bins = new Array(48).fill(0);
    for (const x of sorted) if (x < most) bins[Math.max(0, Math.floor((x / most) * bins.length))] += 1;
    const tall = Math.max(...bins);
    const wide = 640 / bins.length;
    const bars = bins.map((count, i) => svg("rect", { x: 20 + i * wide, width: wide - 1, y: 150 - (count / tall) * 120, height: (count / tall) * 120,
      class: ((i + 0.5) / bins.length) * most < price ? "case-under" : "case-over" }));
    const at = 20 + (price / most) * 640;
    const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => svg("text", { x: 20 + part * 640, y: 168, "text-anchor": part === 1 ? "end" : part ? "middle" : "start" }, shortcase.written(Math.round((most * part) / 10) * 10, "USD")));
    const under = sorted.filter((x) => x < price).length / sorted.length;
    return svg("svg", { class: "case-curve", viewBox: "0 0 680 176", role: "img", "aria-label": `How the drawn cases lie: ${odds(under)} of them below the price of ${usd(price)}, the middle one at ${usd(quantile(sorted, 0.5))}` },
      ...bars, svg("line", { x1: 20, x2: 660, y1: 150, y2: 150, class: "case-axis" }),
      svg("line", { x1: at, x2: at, y1: 22, y2: 152, class: "case-price" }), svg("text", { x: at, y: 14, "text-anchor": "middle", class: "case-price-word" }, `price ${usd(price)}`), ...ticks);
  };
  const showDrawn = (values) => {
    const sorted = Float64Array.from(values).sort();
    const mean = sorted.reduce((sum, x) => sum + x, 0) / sorted.length;
    const under = sorted.filter((x) => x < price).length / sorted.length;
    const count = sorted.length.toLocaleString("en");
    const box = answer("drawn");
    box.dataset.draws = sorted.length;
    if (sorted.length === DRAWS) told = `The price exceeds the value in ${odds(under)} of the cases. `;
    box.replaceChildren(
      make("p", {}, `The price exceeds the value in `, make("strong", {}, odds(under)), ` of ${count} drawn cases; their mean is ${usd(mean)}.`),
      curve(sorted),
      table(`What a share is worth over ${count} cases`, ["Part of the cases below", ...LEVELS.map((level) => share(level))], [[head("A share is worth"), ...LEVELS.map((level) => cell(usd(quantile(sorted, level)), amount))]]));
  };

  // The verdicts of the whole book that differ: the scorecard's script knows them all, and is fetched when asked for.
  let scorecard;
  const showVerdicts = () => {
    const box = answer("verdicts");
    if (!scorecard) return;
    const [before, after] = [new Map(), shortcase.state.moved].map((moved) => shortcase.follow(moved, scorecard).claims);
    const flips = [...before].filter(([id, { verdict }]) => after.has(id) && after.get(id).verdict !== verdict);
    const items = flips.map(([id, { verdict }]) => make("li", {}, make("a", { href: `scorecard.html#${id}` }, `${verdict} → ${after.get(id).verdict}`), ` ${shortcase.paraphrases[id]}`));
    box.replaceChildren(items.length ? make("ul", {}, ...items) : make("p", {}, `None of the ${before.size} verdicts that follow from an assumption differs from ${shortcase.address.origin().whole}.`));
  };
  const askVerdicts = () => {
    shortcase.lent = (told) => {
      scorecard = told;
      showVerdicts();
    };
    shortcase.load(["paraphrases.js", "scorecard.js"], home).catch(() =>
      answer("verdicts").replaceChildren(make("p", {}, "The verdicts could not be loaded; the scorecard has them.")));
  };
  const home = document.currentScript.src;

  const answer = (name) => place(name).querySelector(":scope > .case-part");

  // The parts that ask the reader something keep their fields; what they answer stands in a box below.
  const field = (words, value, take) => {
    const id = `case-${words.replace(/\W+/g, "-").toLowerCase()}`;
    const input = make("input", { type: "text", inputmode: "decimal", id, value, autocomplete: "off" });
    input.addEventListener("change", () => take(input));
    return make("p", { class: "case-field" }, make("label", { for: id }, words), input);
  };
  const rangeFields = () => {
    const rows = valuing.chain().uncertain.map((name) => {
      const p = parameters[name];
      const ends = () => shortcase.state.ranges.get(name) ?? [p.low, p.high];
      const inputs = [0, 1].map((i) => make("input", { type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": `${p.label}, ${i ? "high" : "low"} end`, value: shortcase.typed(ends()[i], p.unit) }));
      const wrong = make("p", { class: "wi-wrong", role: "alert" });
      const take = () => {
        const [low, high] = inputs.map((input) => shortcase.read(input.value, p.unit, p.value));
        const refused = !(low <= high) ? "The low end comes first." : [low, high].map((x) => shortcase.address.refusal(name, x)).find(Boolean);
        wrong.textContent = refused ? (refused.includes("goes") ? `From ${figure(name, p.min)} to ${figure(name, p.max)}.` : refused) : "";
        if (refused) return;
        if (low === p.low && high === p.high) shortcase.state.ranges.delete(name);
        else shortcase.state.ranges.set(name, [low, high]);
        shortcase.move([]);
      };
      inputs.forEach((input) => input.addEventListener("change", take));
      shortcase.watch(() => inputs.forEach((input, i) => document.activeElement !== input && (input.value = shortcase.typed(ends()[i], p.unit))));
      return make("div", { class: "case-range" }, make("span", {}, p.label), make("span", { class: "case-ends" }, inputs[0], " to ", inputs[1]), wrong);
    });
    return make("details", { class: "case-ranges" }, make("summary", {}, "The ranges that cases are drawn from"),
      make("p", { class: "quiet" }, "Four cases in five lie between the two ends, and half on each side of the value that the case gives. Write another range; two equal ends fix an input."), ...rows);
  };

  let target;
  const show = (state) => {
    told = "";
    const p = valuing.values(state.moved);
    const going = valuing.slicer(valuing.begin());
    const run = async () => {
      if (!(await going())) return;
      const worths = valuing.combinations(p);
      const likely = valuing.chances(p);
      showWorth(p, worths, likely);
      showThreats(p, worths, likely);
      showVerdicts();
      await valuing.drawn(p, ranges(), FIRST_DRAWS, SEED, going, showDrawn);
      await showScenarios(p, going);
      await showReverse(p, target, going);
      await showFlip(p, target, going);
      await valuing.drawn(p, ranges(), DRAWS, SEED, going, (values) => values.length > FIRST_DRAWS && showDrawn(values));
    };
    // After the frame in which the figures of the prose follow.
    requestAnimationFrame(() => setTimeout(run));
  };

  const build = (state, page) => {
    if (!place("worth")) return;
    parameters = { ...valuing.chain().about, ...page.parameters };
    price = valuing.chain().price;
    target = state.price ?? price;
    for (const name of ["reverse", "drawn", "verdicts"]) place(name).replaceChildren(make("div", { class: "case-part" }));
    const wrong = make("p", { class: "wi-wrong", role: "alert" });
    place("reverse").prepend(field("Price of a share", usd(target), (input) => {
      const asked = shortcase.read(input.value, "USD", price);
      wrong.textContent = shortcase.address.priced(asked) ? "" : "Write a price above nothing and below a million dollars.";
      if (wrong.textContent) return;
      target = asked;
      shortcase.state.price = target === price ? undefined : target;
      input.value = usd(target);
      shortcase.address.remember();
      shortcase.say(`Asked about a price of ${usd(target)}.`);
      show(shortcase.state);
    }), wrong);
    place("drawn").append(rangeFields());
    const ask = make("button", { type: "button", class: "case-button" }, "Compare every verdict of the book");
    ask.addEventListener("click", askVerdicts, { once: true });
    answer("verdicts").append(ask);
    shortcase.watch(show);
    shortcase.aside = () => told;
  };
  shortcase.builders.push(build);
})((window.shortcase ??= {}));
