/* A form is sent once: a second click or Enter is ignored until an answer comes. */
(() => {
  "use strict";
  const busy = new Map();

  function release() {
    for (const [form, buttons] of busy) {
      for (const [button, nodes] of buttons) {
        button.removeAttribute("aria-disabled");
        button.replaceChildren(...nodes);
      }
      form.removeAttribute("aria-busy");
    }
    busy.clear();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (busy.has(form)) {
      event.preventDefault();
      return;
    }
    const submitter = event.submitter;
    const elsewhere = form.getAttribute("target") === "_blank" || (submitter && submitter.formTarget === "_blank");
    const method = (submitter && submitter.getAttribute("formmethod")) || form.getAttribute("method") || "get";
    // data-download: the answer is a file, the page stays and must stay usable.
    if (event.defaultPrevented || elsewhere || method.toLowerCase() !== "post" || form.hasAttribute("data-download")) return;
    const buttons = [...form.elements].filter((one) => one.tagName === "BUTTON" && one.type === "submit");
    busy.set(form, buttons.map((button) => [button, [...button.childNodes]]));
    form.setAttribute("aria-busy", "true");
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    const pressed = submitter && submitter.tagName === "BUTTON" ? submitter : buttons[0];
    if (pressed) {
      pressed.style.minWidth = `${pressed.offsetWidth}px`;
      pressed.replaceChildren("Đang xử lý…");
    }
  });

  // Coming back to a page the browser had kept: its buttons must work again.
  window.addEventListener("pageshow", release);
})();
