/* Lines of a form (a Django formset): add and remove without going to the server.

   [data-formset="prefix"]   the whole, with the management form inside the same <form>
   [data-formset-rows]       where lines are
   [data-formset-row]        one line
   template[data-formset-empty]  the empty line, __prefix__ for its number
   [data-formset-add]        a submit button that, without scripts, asks the server for one more line
   [data-formset-remove]     a button in a line; without scripts the DELETE box beside it does it */
(() => {
  "use strict";
  const { each, start } = window.qltb;
  const firstField = (row) => row.querySelector("input:not([type='hidden'], [name$='-DELETE']), select, textarea");

  function removable(row) {
    const box = row.querySelector("input[type='checkbox'][name$='-DELETE']");
    const button = row.querySelector("[data-formset-remove]");
    if (!box || !button) return;
    button.hidden = false;
    const label = box.closest(".field") || box.closest("label") || box;
    label.classList.add("visually-hidden");
    box.tabIndex = -1;
    box.addEventListener("change", () => {
      row.hidden = box.checked;
    });
    row.hidden = box.checked;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      box.checked = true;
      const rows = row.parentElement;
      row.hidden = true;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      const next = [...rows.children].find((one) => !one.hidden && one.matches("[data-formset-row]"));
      const target = next && firstField(next);
      if (target) target.focus();
    });
  }

  each("[data-formset]", (whole) => {
    const prefix = whole.dataset.formset;
    const form = whole.closest("form");
    const total = form.elements[`${prefix}-TOTAL_FORMS`];
    const most = Number(form.elements[`${prefix}-MAX_NUM_FORMS`]?.value) || 1000;
    const empty = whole.querySelector("template[data-formset-empty]");
    const rows = whole.querySelector("[data-formset-rows]");
    const add = whole.querySelector("[data-formset-add]");
    if (!total || !empty || !rows || !add) return;
    // Reached by the back button, the browser may put the number of lines back that the page had before.
    total.value = String(rows.querySelectorAll(":scope > [data-formset-row]").length);
    // No longer the form's first submit button, which Enter in any field would press.
    add.type = "button";
    add.addEventListener("click", (event) => {
      event.preventDefault();
      const number = Number(total.value);
      if (number >= most) {
        window.qltb.toast(`Mỗi lần chỉ nhập được ${most} dòng.`, "warn");
        return;
      }
      const holder = document.createElement("template");
      holder.innerHTML = empty.innerHTML.replaceAll("__prefix__", String(number));
      const fresh = [...holder.content.children];
      rows.append(...fresh);
      total.value = String(number + 1);
      for (const row of fresh) {
        start(row);
        if (window.htmx) window.htmx.process(row);
      }
      const first = fresh[0] && firstField(fresh[0]);
      if (first) (first.tomselect || first).focus();
    });
  });

  each("[data-formset-row]", removable);
})();
