// On the long generated lists: a search and filters, their state in the address, so that a filtered view can be sent.
// Without scripts there is no form and the whole list stands.
(() => {
  "use strict";
  const form = document.querySelector("form.filters");
  if (!form) return;
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").toLowerCase();
  const items = [...document.querySelectorAll("[data-item]")];
  const said = (item) => folded(`${item.dataset.text ?? ""} ${item.textContent}`);
  const texts = new Map(items.map((item) => [item, said(item)]));
  const sections = [...new Set(items.map((item) => item.closest("section")))];
  const captions = sections.map((section) => section.querySelector(".entries-count"));
  const counted = captions.map((caption) => caption?.textContent);
  const home = form.closest("section");
  const search = form.elements.q;
  const menus = [...form.querySelectorAll("select")];
  const toggles = [...form.querySelectorAll("[data-toggle]")];
  const status = form.querySelector("output");
  const all = form.querySelector("[type=reset]");

  const pressed = (button) => button.getAttribute("aria-pressed") === "true";
  const chosen = (name) => {
    const menu = menus.find((one) => one.name === name);
    if (menu) return menu.value ? [menu.value] : [];
    return toggles.filter((one) => one.dataset.toggle === name && pressed(one)).map((one) => one.value);
  };
  const names = [...new Set([...toggles.map((one) => one.dataset.toggle), ...menus.map((one) => one.name)])];

  const show = () => {
    const words = folded(search.value).split(" ").filter(Boolean);
    const wanted = names.map((name) => [name, chosen(name)]).filter(([, values]) => values.length);
    let shown = 0;
    for (const item of items) {
      const fits = wanted.every(([name, values]) => {
        const has = (item.dataset[name] ?? "").split(" ");
        return values.some((value) => has.includes(value));
      });
      item.hidden = !(fits && words.every((word) => texts.get(item).includes(word)));
      shown += item.hidden ? 0 : 1;
    }
    sections.forEach((section, index) => {
      const left = section.querySelectorAll("[data-item]:not([hidden])").length;
      const whole = section.querySelectorAll("[data-item]").length;
      section.hidden = !left;
      if (captions[index]) captions[index].textContent = (left < whole ? `${left} of ` : "") + counted[index];
    });
    const filtered = wanted.length > 0 || words.length > 0;
    const noun = items.length === 1 ? form.dataset.noun : form.dataset.nouns;
    status.textContent = filtered ? `${shown} of ${items.length} ${noun} shown` : `${items.length} ${noun}`;
    all.hidden = !filtered;
    return filtered;
  };

  // The address: ?verdict=fails,depends&kind=fact&q=memory; what else it says, such as what a reader moved, stays.
  const written = () => {
    const parts = names.map((name) => [name, chosen(name).join(",")]);
    if (search.value.trim()) parts.push(["q", search.value.trim()]);
    const others = [...new URLSearchParams(location.search)].filter(([name]) => name !== "q" && !names.includes(name));
    const filtered = parts.filter(([, value]) => value);
    const query = [...others, ...filtered].map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
    return `${location.pathname}${query && `?${query}`}${filtered.length && home?.id ? `#${home.id}` : ""}`;
  };
  const read = (query) => {
    const given = new URLSearchParams(query);
    for (const menu of menus) {
      menu.value = given.get(menu.name) ?? "";
      if (menu.selectedIndex < 0) menu.value = ""; // an option that this build does not have
    }
    for (const button of toggles) {
      const on = (given.get(button.dataset.toggle) ?? "").split(",").includes(button.value);
      button.setAttribute("aria-pressed", String(on));
    }
    search.value = given.get("q") ?? "";
    return show();
  };
  const remember = (how) => {
    try {
      history[how](null, "", written());
    } catch {
      // Some browsers let a page that was opened from a file keep one address only.
    }
  };
  const changed = () => {
    show();
    remember("replaceState");
  };

  // A link to an entry must find it, whatever is filtered.
  const target = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const find = () => {
    const wanted = target();
    if (wanted?.closest("[hidden]")) read("");
    window.unfold?.(wanted);
    wanted?.scrollIntoView();
  };

  form.addEventListener("input", changed);
  form.addEventListener("refilter", ({ detail }) => {
    detail.forEach((item) => texts.set(item, said(item))); // they say something else now
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    read("");
    remember("replaceState");
    search.focus();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggle]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(!pressed(button)));
    changed();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="?"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    read(new URL(link.href).search);
    remember("pushState");
    const heading = home?.querySelector("h1, h2, h3");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
    heading?.scrollIntoView();
  });
  addEventListener("popstate", () => {
    read(location.search);
    find();
  });
  addEventListener("hashchange", find);

  if (read(location.search) || location.hash) find();
})();
