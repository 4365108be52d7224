// The scorecard: beside each verdict that follows stands what was computed for it; the filters go by the verdicts that
// are shown, and the counts above the list are of these. The other tables of the page are as documented, and say so.
((shortcase) => {
  "use strict";
  const told = ({ value, unit }) => (typeof value === "boolean" ? `condition ${value ? "" : "not "}met` : shortcase.written(value, unit));
  const style = (verdict) => verdict.replaceAll(" ", "-");
  const rows = new Map(); // claim -> its entry, and where what was computed for it stands
  let entries = [];
  let counts = [];

  const show = ({ built, now }) => {
    const others = []; // entries that say something else than before this move: few, or none
    for (const [id, { entry, computed }] of rows) {
      const [before, after] = [built.claims.get(id), now.claims.get(id)];
      const [verdict, text] = [style((after ?? before).verdict), computed && (after ? told(after) : computed.built)];
      if (entry.dataset.verdict !== verdict || computed?.shown !== text) others.push(entry);
      entry.dataset.verdict = verdict;
      if (!computed) continue;
      shortcase.put(computed, text, after ? after.value > before.value : null);
      shortcase.setBack(computed, !after);
    }
    if (!others.length) return;
    for (const { place, verdict } of counts) place.textContent = entries.filter(({ dataset }) => dataset.verdict === verdict).length;
    document.querySelector("form.filters")?.dispatchEvent(new CustomEvent("refilter", { detail: others }));
  };

  const build = (state) => {
    entries = [...document.querySelectorAll("[data-item]")];
    for (const [id, claim] of state.built.claims) {
      const entry = document.getElementById(id);
      const computed = entry?.querySelector("[data-computed]");
      if (computed) computed.built = computed.shown = computed.textContent;
      // What the page does not write as the build did stays as it is.
      if (entry) rows.set(id, { entry, computed: computed?.built === told(claim) ? computed : undefined });
    }
    counts = [...document.querySelectorAll(".tally .count, .filter-buttons .count")].map((place) => ({
      place,
      verdict: /verdict-([\w-]+)/.exec(place.parentElement.className)[1],
    }));
    for (const table of document.querySelectorAll(".cards-group, .cards-counts")) {
      const words = `${shortcase.address.origin().opening}: this table does not follow what is moved; the list of every claim does.`;
      (table.closest(".table-scroll") ?? table).before(shortcase.make("p", { class: "as-documented" }, words));
    }
    shortcase.watch(show);
  };
  shortcase.builders.push(build);
})((window.shortcase ??= {}));
