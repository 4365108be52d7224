// Take it along: the case as a link, as a scenario file for `shortcase build --scenario`, and as a command; a figure
// with its trace and citation as text.
((shortcase) => {
  "use strict";
  const { make, address } = shortcase;
  const NAME = "my_case";
  const NO_RANGES = "A range is no part of a scenario or a command; the link keeps it";

  const settings = () => [...shortcase.state.moved].map(([name, value]) => `--set ${name}=${value}`).join(" ");
  const from = () => {
    const { scenario } = address.book();
    return scenario === "documented" ? "" : ` --scenario ${scenario}`;
  };
  // `build` makes the whole book with the case, `run` the chapter of this page.
  shortcase.command = (what) => {
    const chapter = what === "run" ? ` ${shortcase.page}` : "";
    return `shortcase ${what}${chapter}${from()} ${settings()}`.trim();
  };
  const link = (place) => {
    const url = new URL(location.href);
    return `${url.origin === "null" ? "file://" : url.origin}${url.pathname}${address.written(shortcase.state, { edition: true })}${place ? `#${place}` : url.hash}`;
  };
  const figure = (x) => (Number.isInteger(x) && Math.abs(x) < 1e15 ? String(x) : String(x).replace(/^(-?\d+)e/, "$1.0e"));
  shortcase.scenarioFile = () => {
    const set = { ...address.book().built, ...Object.fromEntries(shortcase.state.moved) };
    const lines = Object.entries(set).map(([name, value]) => `  ${name}: ${typeof value === "number" ? figure(value) : JSON.stringify(value)}`);
    const ranges = [...shortcase.state.ranges].map(([name, ends]) => `# ${NO_RANGES}: ${name}.range=${ends.join("..")}\n`).join("");
    return `${ranges}title: My own case\nreason: Moved by a reader in the published book\nset:\n${lines.join("\n")}\n`;
  };

  // Copies a text, and says so on the button; where the browser has no clipboard, the old way.
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
    shortcase.say("Copied");
    setTimeout(() => (button.textContent = words), 1500);
  };

  shortcase.cited = (button, trace) => {
    const lines = [...trace.querySelectorAll(".why-head, .why-line:not([hidden], .why-what-if)")];
    const told = lines.map((line) => line.textContent.trim().replace(/\s+/g, " ")).filter(Boolean);
    const title = document.querySelector("h1")?.firstChild?.textContent.trim() ?? "";
    const moved = [...shortcase.state.moved].map(([name, value]) => `${name}=${value}`).join(", ");
    const book = document.querySelector('meta[name="book-citation"]')?.content ?? "The Short Case, Recomputed";
    const place = button.id || document.getElementById(`number-${button.dataset.num}`)?.id;
    return [...told, moved ? `Moved: ${moved}` : shortcase.address.origin().opening, `${book}: ${title}. ${link(place)}`].join("\n");
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
    const ranges = make("p", { class: "quiet" }, `${NO_RANGES}.`);
    const box = make("details", { class: "wi-take" }, make("summary", {}, "Take it along"),
      make("p", { class: "wi-copy" }, shown, copyLink), make("p", { class: "wi-copy" }, command, copyCommand), make("p", { class: "wi-copy" }, file), how, ranges);
    const show = () => {
      box.hidden = !shortcase.state.moved.size && !shortcase.state.ranges.size;
      ranges.hidden = !shortcase.state.ranges.size;
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
  // A sheet of paper has no bar: there one line says what is moved, and the address that moves it.
  const onPaper = (line, { moved, ranges }) => {
    const told = (name, x) => {
      const { value, unit, label } = address.described(name);
      return `${label ?? name} ${shortcase.written(x, unit)} (${address.origin().value} ${shortcase.written(value, unit)})`;
    };
    const spans = [...ranges].map(([name, [low, high]]) => `${address.described(name).label ?? name} drawn from ${low} to ${high}`);
    line.textContent = `Moved: ${[...[...moved].map(([name, x]) => told(name, x)), ...spans].join("; ")}. ${link()}`;
    line.classList.toggle("moved-on-paper", moved.size + ranges.size > 0);
  };
  shortcase.extras.push(extra);
  shortcase.builders.push((state, page) => {
    shortcase.page = page.page;
    const line = make("p", { class: "only-on-paper" });
    document.querySelector("article.bd-article h1")?.after(line);
    shortcase.watch((now) => onPaper(line, now));
  });
})((window.shortcase ??= {}));
