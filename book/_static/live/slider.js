// One parameter as a control: a slider with the stated range and the documented and the essay's value on its track, a
// field that takes what a person writes, the way back, and the source one tap away.
((shortcase) => {
  "use strict";
  const STEPS = 200;
  const FOLD = 20; // ends that differ by more than this are drawn on a logarithmic line, as on the page of parameters
  let count = 0;

  // From a place on the track, 0 to steps, to a value, and back.
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

  // The control of a parameter; `brief` leaves out what the trace around it says already.
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
    let shown; // a bar has dozens of controls, of which a move changes one
    const show = () => {
      if (now() !== shown) write();
    };
    const write = () => {
      const x = (shown = now());
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
      write();
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
      ["wi-key-documented", `${shortcase.address.origin().value} ${text(p.value)}`],
      typeof p.essay === "number" ? ["wi-key-essay", `the essay’s ${text(p.essay)}`] : null,
      p.low !== null && p.low !== undefined ? ["wi-key-range", `${text(p.low)} to ${text(p.high)}`] : null,
    ].filter(Boolean);
    const about = make("p", { class: "wi-about" }, ...stated.map(([kind, words]) => make("span", { class: kind }, words)));
    const source = make("details", { class: "wi-source" }, make("summary", {}, "Source", make("span", { class: "visually-hidden" }, ` of ${p.label}`)),
      make("p", {}, make("span", {}, p.source ?? ""), " ", make("a", { href: `parameters.html#par-${name}` }, "More on it")));
    if (!p.source) source.addEventListener("toggle", () => asked(name, source.querySelector("p span")), { once: true });
    const box = make(brief ? "span" : "div", { class: "wi-par", "data-name": name },
      make("label", { for: id }, p.label), make("span", { class: "wi-row" }, track, field, back), wrong);
    if (!brief) box.append(make("div", { class: "wi-foot" }, about, source));
    show();
    return { box, show };
  };

  // Where parameters come from, in a script that is fetched when the first source is asked for; the link stands anyway.
  const home = document.currentScript.src;
  const waiting = [];
  let sources;
  const asked = (name, place) => {
    waiting.push([name, place]);
    if (sources) shortcase.sources(sources);
    else if (waiting.length === 1) document.head.append(make("script", { src: new URL("sources.js", home).href }));
  };
  shortcase.sources = (told) => {
    sources = told;
    for (const [name, place] of waiting.splice(0)) place.textContent = told[name] ?? "";
  };

  Object.assign(shortcase, { control, make });
})((window.shortcase ??= {}));
