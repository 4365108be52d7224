// Brings each chart to life where scripts run: replaces its still picture by a live one, drawn by Vega from this site's
// own files, when it comes near the screen. Text takes the page's colour, so the theme switch needs no new drawing.
// Where anything fails the still picture stays.
(() => {
  "use strict";
  const home = new URL("vega/", document.currentScript.src);

  let loading;
  const load = () =>
    (loading ??= new Promise((resolve, reject) => {
      const tag = document.createElement("script");
      tag.src = new URL("vega.js", home).href;
      tag.onload = () => resolve(window.chartLook);
      tag.onerror = () => reject(new Error("vega.js did not load"));
      document.head.append(tag);
    }));

  const merged = (base, over) => {
    const out = { ...base };
    for (const [key, value] of Object.entries(over ?? {})) {
      const both = [out[key], value].every((part) => part && typeof part === "object" && !Array.isArray(part));
      out[key] = both ? merged(out[key], value) : value;
    }
    return out;
  };

  // A finger leaves with the tap, and Vega would hide what it has just shown: it is told that a pointer rests there.
  const answerTouch = ({ pointerType, target, clientX, clientY }) => {
    if (pointerType !== "touch") return;
    const rests = { bubbles: true, clientX, clientY, pointerType: "mouse" };
    setTimeout(() => ["pointermove", "mousemove"].forEach((type) => target.dispatchEvent(new PointerEvent(type, rests))), 50);
  };
  addEventListener("pointerdown", () => document.getElementById("vg-tooltip-element")?.classList.remove("visible"));

  const charts = new Map(); // figure -> {spec, plot, size}

  const draw = async (figure) => {
    const chart = charts.get(figure);
    const look = await load();
    const size = chart.plot.clientWidth < look.narrow_below ? "narrow" : "wide";
    if (chart.size === size || !chart.plot.clientWidth) return;
    chart.size = size;
    const font = getComputedStyle(figure).fontFamily;
    const config = merged(merged(look[size], { font }), chart.spec.config);
    for (const part of [config.axis, config.legend]) part.titleLimit = chart.plot.clientWidth;
    const spec = { ...chart.spec, width: "container", config };
    const box = document.createElement("div");
    box.className = "vl-live";
    chart.plot.append(box);
    box.addEventListener("pointerup", answerTouch);
    const still = [...chart.plot.children].filter((part) => part !== box);
    try {
      const made = await window.vegaEmbed(box, spec, {
        mode: "vega-lite",
        renderer: "svg",
        actions: false,
        ast: true,
        defaultStyle: false,
        tooltip: { disableDefaultStyle: true },
      });
      chart.finalize?.();
      chart.finalize = () => made.finalize();
      chart.view = made.view;
      offer(figure);
      figure.dispatchEvent(new CustomEvent("drawn", { bubbles: true, detail: made.view }));
      still.forEach((part) => part.remove());
      figure.dataset.live = size;
    } catch (error) {
      box.remove();
      throw error;
    }
  };

  // The picture of a live chart as a file, in the colours of the page.
  const saved = (name, file) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const painted = (text, figure) => text.replaceAll("currentColor", getComputedStyle(figure).color);
  const offer = (figure) => {
    const foot = figure.querySelector(".figure-foot");
    if (!foot || foot.querySelector("button")) return;
    const kinds = {
      SVG: async () => new Blob([painted(await charts.get(figure).view.toSVG(), figure)], { type: "image/svg+xml" }),
      PNG: async () => {
        const { view: shown } = charts.get(figure);
        const canvas = await shown.toCanvas(3);
        return new Promise((done) => canvas.toBlob(done, "image/png"));
      },
    };
    for (const [kind, make] of Object.entries(kinds)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "csv";
      button.textContent = kind;
      button.setAttribute("aria-label", `${kind}: the picture of ${figure.querySelector("figcaption").textContent}`);
      button.addEventListener("click", async () => saved(`${figure.id}.${kind.toLowerCase()}`, await make()));
      foot.append(" ", button);
    }
  };

  const tell = (error) => console.warn("A chart stays a still picture:", error.message);

  const start = () => {
    const figures = document.querySelectorAll("figure.vl");
    if (!figures.length) return;
    const near = new IntersectionObserver(
      (entries) =>
        entries
          .filter((entry) => entry.isIntersecting)
          .forEach((entry) => {
            near.unobserve(entry.target);
            draw(entry.target)
              .then(() => resized.observe(entry.target))
              .catch(tell);
          }),
      { rootMargin: "600px" },
    );
    // Turning a phone, or opening the sidebar, may take a chart from one look to the other.
    const resized = new ResizeObserver((entries) => entries.forEach((entry) => draw(entry.target).catch(tell)));
    figures.forEach((figure) => {
      const spec = JSON.parse(figure.querySelector(":scope > script").textContent);
      charts.set(figure, { spec, plot: figure.querySelector(":scope > .vl-plot") });
      near.observe(figure);
    });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
