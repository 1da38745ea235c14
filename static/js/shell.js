/* The page around the work: `/` to search, menus that close, error summaries, small conveniences. */
(() => {
  "use strict";
  const { each, closable } = window.qltb;

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      const search = document.querySelector("[data-search-global]");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
    if (event.key === "Escape") {
      const open = event.target.closest("details.menu[open]") || document.querySelector("details.menu[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const jump = event.target.closest(".error-summary a[href^='#']");
    const field = jump && document.getElementById(jump.hash.slice(1));
    if (field) {
      event.preventDefault();
      const target = field.tomselect ? field.tomselect : field;
      (field.closest(".field") || field).scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
    }
  });

  // Leaving a menu with Tab closes it, or it would cover what has the focus.
  document.addEventListener("focusin", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  each(".error-summary", (summary) => summary.focus());
  each("#messages .notice", closable);
  each("[data-print]", (button) => button.addEventListener("click", () => window.print()));
  each("[data-autosubmit]", (control) => control.addEventListener("change", () => control.form.requestSubmit()));
  each("a[data-back]", (link) => {
    link.addEventListener("click", (event) => {
      if (history.length > 1) {
        event.preventDefault();
        history.back();
      }
    });
  });

  // A table too wide for its place scrolls in it; otherwise its header sticks to the top of the window.
  each(".table-wrap", (wrap) => {
    const table = wrap.querySelector("table");
    if (!table) return;
    const watch = new ResizeObserver(() => {
      wrap.classList.toggle("is-wide", table.offsetWidth > wrap.clientWidth + 1);
    });
    watch.observe(wrap);
    watch.observe(table);
  });

  // "14890000" becomes "14.890.000" when the field is left; the server reads both.
  each("input[data-money]", (input) => {
    input.addEventListener("change", () => {
      const digits = input.value.replace(/[.\s]/g, "");
      if (/^\d{4,}$/.test(digits)) input.value = digits.replace(/\B(?=(\d{3})+$)/g, ".");
    });
  });

  // "21112026" becomes "21/11/2026"; the server reads both, and says what is no date.
  each("input[data-date]", (input) => {
    input.addEventListener("change", () => {
      input.value = input.value.trim().replace(/^(\d{2})[-.\s]?(\d{2})[-.\s]?(\d{4})$/, "$1/$2/$3");
    });
  });

  each("input[data-secret]", (input) => {
    const button = window.qltb.make("button", "secret-toggle", "Hiện");
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", "Hiện mật khẩu");
    button.addEventListener("click", () => {
      const show = input.type === "password";
      input.type = show ? "text" : "password";
      button.textContent = show ? "Ẩn" : "Hiện";
      button.setAttribute("aria-pressed", String(show));
      input.focus();
    });
    input.after(button);
    input.form.addEventListener("submit", () => {
      input.type = "password";
    });
  });
})();
