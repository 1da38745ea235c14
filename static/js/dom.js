/* What the other scripts share, as window.qltb.

   qltb.each(selector, run)   run(element) once for every match, now and in whatever htmx brings later
   qltb.toast(text, tone)     a message at the corner; tone: ok, info, warn or bad
   qltb.store                 sessionStorage that never throws (it may be full or switched off) */
(() => {
  "use strict";
  const behaviours = [];

  function start(root) {
    for (const { selector, seen, run } of behaviours) {
      const matches = [...root.querySelectorAll(selector)];
      if (root instanceof Element && root.matches(selector)) matches.unshift(root);
      for (const element of matches) {
        if (!seen.has(element)) {
          seen.add(element);
          run(element);
        }
      }
    }
  }

  function each(selector, run) {
    behaviours.push({ selector, seen: new WeakSet(), run });
  }

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function closable(notice) {
    const close = make("button", "notice-close", "✕");
    close.type = "button";
    close.setAttribute("aria-label", "Đóng thông báo");
    close.addEventListener("click", () => notice.remove());
    notice.append(close);
    return notice;
  }

  function toast(text, tone = "info") {
    let place = document.querySelector(".toasts");
    if (!place) {
      place = make("div", "toasts");
      place.setAttribute("role", "status");
      place.setAttribute("aria-live", "polite");
      document.body.append(place);
    }
    for (const old of place.querySelectorAll(".notice")) {
      if (old.dataset.text === text) old.remove();
    }
    const notice = make("div", `notice notice--${tone}`);
    notice.dataset.text = text;
    notice.append(make("div", "", text));
    place.append(closable(notice));
    // Bad news stays until it is closed; there must be time to read the rest (WCAG 2.2.1).
    if (tone !== "bad") setTimeout(() => notice.remove(), 12000);
  }

  const store = {
    get(key) {
      try {
        return JSON.parse(sessionStorage.getItem(key));
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        sessionStorage.setItem(key, JSON.stringify(value));
      } catch {
        // Nothing to do: the form still works, it only isn't kept.
      }
    },
    remove(key) {
      try {
        sessionStorage.removeItem(key);
      } catch {
        // As above.
      }
    },
    keys(prefix) {
      try {
        return Object.keys(sessionStorage).filter((key) => key.startsWith(prefix));
      } catch {
        return [];
      }
    },
  };

  window.qltb = { each, start, make, closable, toast, store };
  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("htmx:load", (event) => start(event.detail.elt));
})();
