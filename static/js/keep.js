/* What was typed in a form[data-keep] survives an expired session, and leaving a changed form is asked about.

   While typing, values go to sessionStorage (this tab only, this account only). They come back when a login page
   that follows an expired session, or the page that refuses a stale form, has marked them as lost, and when the
   form is reached by the back button; a page that says something was done forgets them.
   Files, passwords and hidden fields are never kept. */
(() => {
  "use strict";
  const { each, make, store } = window.qltb;
  const PREFIX = "keep:";
  const USER = "qltb-user";
  const dirty = new Set();

  const keyOf = (form) => `${PREFIX}${location.pathname}:${form.dataset.keep || form.id}`;
  const isTotal = (field) => /-TOTAL_FORMS$/.test(field.name);
  const isKept = (field) =>
    field.name && (isTotal(field) || !["hidden", "password", "file", "submit", "button"].includes(field.type));

  function values(form) {
    return [...form.elements].filter(isKept).map((field) => {
      if (field.type === "checkbox" || field.type === "radio") return [field.name, field.value, field.checked];
      if (field.tagName === "SELECT") {
        return [field.name, "", [...field.selectedOptions].map((option) => [option.value, option.text])];
      }
      return [field.name, field.value, null];
    });
  }

  function choose(select, options) {
    for (const [value, text] of options) {
      if (![...select.options].some((option) => option.value === value)) select.add(new Option(text, value));
    }
    const wanted = new Set(options.map(([value]) => value));
    for (const option of select.options) option.selected = wanted.has(option.value);
    if (select.tomselect) select.tomselect.sync();
  }

  const chosen = (options) => JSON.stringify([...options].map((option) => option.value));
  const wanted = (options) => JSON.stringify(options.map(([value]) => value));

  /* A choice that brings other fields with it (a category its attributes) is made first, and waited for. */
  async function ask(form, saved) {
    for (const [name, , options] of saved) {
      const field = form.elements[name];
      if (!(field instanceof HTMLSelectElement) || !field.hasAttribute("hx-post")) continue;
      if (chosen([...field.options].filter((option) => option.defaultSelected)) === wanted(options)) continue;
      if (!field.value && !options.some(([value]) => value)) continue;
      const answered = new Promise((done) => {
        document.addEventListener("htmx:afterSettle", done, { once: true });
        setTimeout(done, 5000);
      });
      choose(field, options);
      field.dispatchEvent(new Event("change", { bubbles: true }));
      await answered;
    }
  }

  async function restore(form, saved) {
    for (const [name, value] of saved) {
      const total = /-TOTAL_FORMS$/.test(name) && form.elements[name];
      const add = total && form.querySelector(`[data-formset="${name.slice(0, -12)}"] [data-formset-add]`);
      while (add && Number(total.value) < Number(value)) {
        const before = total.value;
        add.click();
        if (total.value === before) break;
      }
    }
    await ask(form, saved);
    const waiting = new Map();
    for (const field of form.elements) {
      if (isKept(field) && !isTotal(field)) waiting.set(field.name, [...(waiting.get(field.name) || []), field]);
    }
    for (const [name, value, extra] of saved) {
      const fields = waiting.get(name) || [];
      const field = Array.isArray(extra) || extra === null ? fields.shift() : fields.find((one) => one.value === value);
      if (!field) continue;
      if (Array.isArray(extra)) {
        if (chosen(field.selectedOptions) === wanted(extra)) continue;
        choose(field, extra);
      } else if (extra === null) field.value = value;
      else field.checked = extra;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function forget() {
    for (const key of store.keys(PREFIX)) store.remove(key);
  }

  function markLost() {
    for (const key of store.keys(PREFIX)) store.set(key, { ...store.get(key), lost: true });
  }

  const user = document.body.dataset.user;
  if (user) {
    // Another account in the same tab must not see what this one typed.
    if (store.get(USER) !== null && store.get(USER) !== user) forget();
    store.set(USER, user);
  }

  each("[data-login-page]", (page) => {
    if (store.get(USER) === null) return;
    for (const note of page.querySelectorAll("[data-expired-note]")) note.hidden = false;
    for (const note of page.querySelectorAll("[data-login-note]")) note.hidden = true;
    markLost();
  });
  each("[data-form-refused]", (page) => {
    markLost();
    // Not "back", which would bring the stale form again: the page anew, with what was typed.
    const before = document.referrer && new URL(document.referrer);
    const link = page.querySelector("[data-reopen]");
    if (link && before && before.origin === location.origin) link.href = before.href;
  });
  each("#messages .notice--ok", forget);
  each("form[data-logout]", (form) => {
    form.addEventListener("submit", () => {
      forget();
      store.remove(USER);
    });
  });

  each("form[data-warn]:not([data-keep])", (form) => {
    form.addEventListener("input", () => dirty.add(form));
  });

  each("form[data-keep]", (form) => {
    const key = keyOf(form);
    let timer = 0;
    const save = () => {
      clearTimeout(timer);
      // After logging out nobody is at work here any more: what is typed stays nowhere.
      if (user && store.get(USER) === user) store.set(key, { user, values: values(form), lost: false });
    };
    const entry = store.get(key);
    const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (entry && (entry.lost || back) && entry.user === user) {
      // After every other script has set its fields up.
      setTimeout(async () => {
        await restore(form, entry.values);
        const notice = make("div", "notice notice--info");
        const files = form.querySelector("input[type='file']") ? " Riêng tệp đính kèm, xin chọn lại." : "";
        notice.setAttribute("role", "status");
        form.prepend(window.qltb.closable(notice));
        notice.prepend(make("div", "", `Đã khôi phục nội dung bạn đang nhập.${files}`));
        notice.tabIndex = -1;
        notice.focus();
        save();
      });
    } else if (entry) {
      store.remove(key);
    }
    if (form.querySelector(".has-error, .is-invalid")) dirty.add(form);
    form.addEventListener("input", (event) => {
      if (event.target.type === "file" && !event.target.value) return;
      dirty.add(form);
      clearTimeout(timer);
      timer = setTimeout(save, 400);
    });
    form.addEventListener("submit", save);
    window.addEventListener("pagehide", () => {
      if (dirty.has(form)) save();
    });
  });

  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) dirty.delete(event.target);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });
})();
