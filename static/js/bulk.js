/* Rows chosen for one act.

   [data-bulk]             the form around the list
   [data-bulk-all]         box in the header: the rows of this page
   [data-bulk-item]        box of a row
   [data-bulk-everything]  box in the bar: every result of the filter, not only this page; the server gets the filter
   [data-bulk-bar]         shown only when something is chosen (always, without scripts)
   [data-bulk-count]       says how many */
(() => {
  "use strict";
  const { each } = window.qltb;

  each("[data-bulk]", (form) => {
    const items = () => [...form.querySelectorAll("[data-bulk-item]")];
    let last = null;

    function draw() {
      const all = items();
      const chosen = all.filter((item) => item.checked).length;
      const header = form.querySelector("[data-bulk-all]");
      const everything = form.querySelector("[data-bulk-everything]");
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
        const total = everything && everything.checked ? everything.dataset.bulkEverything : "";
        count.textContent = total ? `Đã chọn tất cả ${total} kết quả` : `Đã chọn ${chosen} dòng`;
      }
    }

    form.addEventListener("click", (event) => {
      const item = event.target.closest("[data-bulk-item]");
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
      if (event.target.matches("[data-bulk-all]")) {
        for (const item of items()) item.checked = event.target.checked;
      }
      if (event.target.matches("[data-bulk-all], [data-bulk-item], [data-bulk-everything]")) draw();
    });
    document.addEventListener("htmx:afterSettle", draw);
    window.addEventListener("pageshow", draw);
    draw();
  });
})();
