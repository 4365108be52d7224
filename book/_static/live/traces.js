// The trace behind a figure, when it is opened: what it is now and what the book says, and a slider for each parameter
// that it rests on. What went into the formula is named as the build computed it, and says so while something is moved.
((shortcase) => {
  "use strict";
  const { make } = shortcase;
  const MOST = 4; // sliders in one trace; the bar has the others

  // What a figure rests on: as the page's script has it, or else as the trace names it.
  const parameters = (button, trace, page) => {
    const { num, claim } = button.dataset;
    const told = num ? page.numbers.find(([name]) => name === num)?.[4] : page.claims.find(({ id }) => id === claim)?.on;
    const still = page.dead.number[num] ?? page.dead.claim[claim];
    const named = [...trace.querySelectorAll('a[href*="#par-"]')].map((link) => link.hash.slice(5));
    const names = new Set(told ?? (still?.on?.length ? still.on : named));
    return [...names].filter((name) => ["float", "int"].includes(page.parameters[name]?.kind));
  };
  const key = (button) => button.dataset.num ?? button.dataset.par ?? button.dataset.claim;

  // The head of a trace says of a figure what the figure says, and of a claim what its badge says.
  const entitle = (head, button) => {
    const badge = head?.querySelector(".verdict");
    if (badge && button.dataset.claim) {
      badge.textContent = button.textContent;
      badge.className = [...button.classList].filter((name) => name.startsWith("verdict")).join(" ");
    } else if (head && !head.childElementCount) {
      const said = (head.built ??= head.textContent);
      const was = `: ${button.dataset.was}`;
      head.textContent = said.endsWith(was) ? `${said.slice(0, -was.length)}: ${button.textContent}` : said;
    }
  };

  const live = new WeakMap(); // trace -> what to show again

  const dress = (button, trace, page) => {
    const now = make("span", { class: "why-line why-now", hidden: true });
    const as = make("span", { class: "why-line quiet why-built", hidden: true }, `What went in, ${shortcase.address.origin().is}:`);
    const names = shortcase.ranked(parameters(button, trace, page), button.dataset.num && [button.dataset.num]);
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
      entitle(head, button);
      if (changed) now.textContent = `Now ${button.textContent}; ${shortcase.address.origin().value} ${button.dataset.was}.`;
      else if (set) now.replaceChildren(...shortcase.stillness(still));
      as.hidden = !moved.size || set;
      controls.forEach((control) => control.show());
    };
    live.set(trace, show);
    return show;
  };

  // Why a figure does not follow, and the command that computes it anew.
  shortcase.stillness = (still) => [
    `${shortcase.address.origin().opening}: ${still?.why ?? "the assumptions have left the path on which it can be computed in the page"}. Computed anew by `,
    make("code", {}, shortcase.command("run")),
  ];

  const build = (state, page) => {
    document.addEventListener(
      "beforetoggle",
      (event) => {
        const trace = event.target;
        if (event.newState !== "open" || !trace.classList?.contains("why")) return;
        // Figures of one number share a trace; a browser that does not say which was asked has the focus on it.
        const button = event.source ?? document.activeElement?.closest("[popovertarget]") ?? document.querySelector(`[popovertarget="${trace.id}"]`);
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
