/* Rows chosen for one act.

   [data-bulk]             the form around the list
   [data-bulk-page]        box in the header: the rows of this page
   [data-bulk-row]         box of a row
   [data-bulk-all]         box in the bar: every result of the filter, not only this page; the server gets the filter
   [data-bulk-bar]         shown only when something is chosen (always, without scripts)
   [data-bulk-count]       says how many */
(() => {
  "use strict";
  const { each } = window.qltb;

  each("[data-bulk]", (form) => {
    const items = () => [...form.querySelectorAll("[data-bulk-row]")];
    let last = null;

    function draw() {
      const all = items();
      const chosen = all.filter((item) => item.checked).length;
      const header = form.querySelector("[data-bulk-page]");
      const everything = form.querySelector("[data-bulk-all]");
      const bar = form.querySelector("[data-bulk-bar]");
      if (header) {
        header.checked = chosen > 0 && chosen === all.length;
        header.indeterminate = chosen > 0 && chosen < all.length;
      }
      if (everything) {
        const place = everything.closest("label") || everything;
        place.hidden = chosen < all.length || !chosen;
        if (place.hidden) everything.checked = false;
      }
      if (bar) bar.hidden = chosen === 0;
      for (const count of form.querySelectorAll("[data-bulk-count]")) {
        count.textContent = everything && everything.checked ? "Đã chọn mọi kết quả của bộ lọc" : `Đã chọn ${chosen} dòng`;
      }
    }

    form.addEventListener("click", (event) => {
      const item = event.target.closest("[data-bulk-row]");
      if (!item) return;
      const all = items();
      if (event.shiftKey && last && all.includes(last)) {
        const [from, to] = [all.indexOf(last), all.indexOf(item)].sort((a, b) => a - b);
        for (const between of all.slice(from, to + 1)) between.checked = item.checked;
      }
      last = item;
      draw();
    });
    form.addEventListener("change", (event) => {
      if (event.target.matches("[data-bulk-page]")) {
        for (const item of items()) item.checked = event.target.checked;
      }
      if (event.target.matches("[data-bulk-page], [data-bulk-row], [data-bulk-all]")) draw();
    });
    document.addEventListener("htmx:afterSettle", draw);
    window.addEventListener("pageshow", draw);
    draw();
  });
})();
