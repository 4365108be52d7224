// Charts follow too: the rows behind a picture take the figures that follow from what is moved, and Vega draws them
// again. A chart or table that cannot follow, or not at these values, says so while something is moved.
((shortcase) => {
  "use strict";
  const views = new Map(); // figure -> its view
  const rows = new Map(); // figure -> its tables as documented, by name
  let pictures = { charts: {}, fixed: [], guards: [], run: () => ({ n: [], g: [] }) };
  shortcase.pictures = (told) => (pictures = told);

  // The tables of a chart at the values of a run: the documented rows with the columns that follow in their place.
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
    view.runAsync().then(() => apart(figure));
  };
  // Names of lines stand clear of one another as documented; those that a move brings together part as far as they lie
  // over one another, the upper one up and the lower one down.
  const apart = (figure) => {
    const names = [...figure.querySelectorAll('.vl-live .role-mark text[font-weight="bold"]')];
    names.forEach((name) => (name.style.translate = ""));
    if (names.length < 2 || !shortcase.state.moved.size) return;
    const boxes = names.map((name) => {
      const { left, right, top, bottom } = name.getBoundingClientRect();
      return { name, left, right, top, bottom, by: 0 };
    });
    boxes.sort((a, b) => a.top + a.bottom - b.top - b.bottom);
    for (let round = 0; round < 12; round += 1) {
      for (const [i, low] of boxes.entries()) {
        for (const up of boxes.slice(0, i)) {
          const over = up.bottom + up.by - low.top - low.by;
          if (over <= 0.5 || up.right < low.left || low.right < up.left) continue;
          up.by -= over / 2;
          low.by += over / 2;
        }
      }
    }
    for (const { name, by } of boxes) if (by) name.style.translate = `0 ${by}px`;
  };
  // Who does not see the drawing hears that its description is of the documented one.
  const describe = (figure, moved, follows) => {
    const plot = figure.querySelector(":scope > .vl-plot[aria-label]");
    if (!plot) return;
    plot.documented ??= plot.getAttribute("aria-label");
    const opening = `${shortcase.address.origin().opening}: `;
    const text = moved ? `${opening}${plot.documented}${follows ? " The drawing has moved since; this description has not." : ""}` : plot.documented;
    if (plot.getAttribute("aria-label") !== text) plot.setAttribute("aria-label", text);
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
      const text = whole ? `This chart follows what is moved; its title, its description and the table behind it are ${shortcase.address.origin().is}.`
        : `${shortcase.address.origin().opening}: this ${kind} does not follow what is moved.`;
      describe(figure, moved.size > 0 && !fixed, whole);
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
  shortcase.watch(({ now }) => now.late || later()); // no chart waits for a search
})((window.shortcase ??= {}));
