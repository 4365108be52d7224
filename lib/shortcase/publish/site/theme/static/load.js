// Scripts that are loaded at their first use, one after the other, since each may use those before it.
((shortcase) => {
  "use strict";
  const script = (part, base) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(part, base).href;
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${part} did not load`));
      document.head.append(element);
    });
  shortcase.load = (parts, base) => parts.reduce((before, part) => before.then(() => script(part, base)), Promise.resolve());
})((window.shortcase ??= {}));
