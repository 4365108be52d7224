// Fills the page of the book's state with what `status.js` tells.
((shortcase) => {
  "use strict";
  const day = (iso) => (iso ? new Date(iso).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }) + " UTC" : "not known");
  const seconds = (x) => `${x.toLocaleString("en", { maximumFractionDigits: 1 })} s`;
  const commit = (text) => (text ? `${text.slice(0, 12)}${text.endsWith("-dirty") ? ", with changes that are in no commit" : ""}` : "no repository");
  shortcase.status = (told) => {
    const words = {
      built: day(told.built),
      commit: commit(told.commit),
      committed: day(told.committed),
      scenario: told.scenario,
      seconds: seconds(told.seconds),
      printed_s: seconds(told.printed_s),
      versions: [`Python ${told.python}`, ...Object.entries(told.versions).map(([name, version]) => `${name} ${version}`)].join(", "),
    };
    for (const place of document.querySelectorAll("[data-status-of]")) place.textContent = words[place.dataset.statusOf] ?? "–";
    for (const place of document.querySelectorAll("[data-status-chapter]")) {
      const [took, executed] = told.chapters[place.dataset.statusChapter] ?? [];
      if (took !== undefined) place.textContent = `${seconds(took)}${executed ? "" : ", when it was last executed"}`;
    }
  };
})((window.shortcase ??= {}));
