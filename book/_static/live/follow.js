// Charts follow too: the rows behind a picture take the columns that follow from what is moved, and Vega draws them
// again. A chart or table that cannot follow, or not at these values, says so while something is moved.
((shortcase) => {
  "use strict";
  const views = new Map(); // figure -> its view
  const rows = new Map(); // figure -> the rows as documented

  const kind = (figure) => (figure.classList.contains("vl") ? "chart" : "table");
  const note = (figure) => {
    const words = shortcase.make("p", { class: "as-documented" });
    const title = figure.querySelector(":scope > figcaption");
    if (title) title.after(words);
    else figure.prepend(words);
    return words;
  };
  const told = (figure) => (figure.dataset.follows ? JSON.parse(figure.dataset.follows) : null);

  const fill = (figure, columns) => {
    const { data, words } = told(figure);
    const before = rows.get(figure);
    const text = (name, i) => (words[name] ? shortcase.written(columns.get(name)[i], ...words[name]) : columns.get(name)[i]);
    const after = columns ? before.map((row, i) => ({ ...row, ...Object.fromEntries([...columns.keys()].map((name) => [name, text(name, i)])) })) : before;
    views.get(figure).data(data, after).runAsync();
  };

  let notes = [];
  const build = (state, page) => {
    notes = [...document.querySelectorAll("figure.vl, figure.grid")].map((figure) => [figure, note(figure)]);
    document.addEventListener("drawn", ({ target, detail }) => {
      if (!target.dataset.follows) return;
      views.set(target, detail);
      if (!rows.has(target)) {
        const { data } = told(target);
        rows.set(target, JSON.parse(target.querySelector(":scope > script").textContent).datasets[data]);
      }
      const columns = shortcase.state.now.charts.get(target.id);
      if (shortcase.state.moved.size && columns) fill(target, columns);
    });
  };
  let filled = false;
  const show = ({ moved, now, built }) => {
    for (const [figure, words] of notes) {
      const follows = built.charts.has(figure.id) && now.charts.has(figure.id);
      figure.toggleAttribute("data-following", follows);
      const text = follows ? "This chart follows what is moved; its title and the table behind it are as documented."
        : `As documented: this ${kind(figure)} does not follow what is moved.`;
      if (moved.size && words.textContent !== text) words.textContent = text;
      if (views.has(figure) && (moved.size || filled)) fill(figure, follows && moved.size ? now.charts.get(figure.id) : null);
    }
    filled = moved.size > 0;
  };
  shortcase.builders.push(build);
  shortcase.watch(show);
})((window.shortcase ??= {}));
