// What the frame does where scripts run: the drawers close when a link in them is followed, the contents show where the
// reader is, code can be copied, and a keyboard reaches what scrolls sideways. The page works without any of it.
(() => {
  "use strict";
  for (const drawer of document.querySelectorAll("nav[popover]")) {
    drawer.addEventListener("click", (event) => {
      if (event.target.closest("a") && drawer.matches(":popover-open")) drawer.hidePopover();
    });
  }

  // Where the reader is: the last heading that has gone above a third of the screen.
  const links = new Map([...document.querySelectorAll('#page-nav a[href^="#"]')].map((link) => [link.hash.slice(1), link]));
  const sections = [...links.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter((part) => part?.closest("article"));
  let current;
  const mark = () => {
    const passed = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3);
    const link = links.get((passed.at(-1) ?? sections[0])?.id);
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    current = link;
  };
  if (sections.length) {
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    sections.forEach((section) => watch.observe(section));
  }

  const copied = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  };
  for (const code of document.querySelectorAll("article div.highlight")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => copied(button, code.querySelector("pre").textContent));
    code.append(button);
    code.querySelector("pre").tabIndex = 0;
  }
})();
