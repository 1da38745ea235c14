/* Many serial numbers at once, typed, pasted or scanned.

   textarea[data-serials]      one a line; numbered lines, a live count, lines that repeat marked
     data-expected="12"        how many there should be, or
     data-expected-from="#id"  the field that says so; while it holds its first "1" it counts along
     data-unit="số máy"        the word after the count
   input[data-serial-input]    one field a row: Enter (a scanner sends it) goes to the next, a paste fills the rows below */
(() => {
  "use strict";
  const { each, make } = window.qltb;

  const normal = (text) => text.replace(/\r\n?/g, "\n").replace(/[\t\u00a0 ]+\n/g, "\n");

  function repeats(lines) {
    const places = new Map();
    lines.forEach((line, index) => {
      // Further columns of a spreadsheet may follow the serial, as the server reads them.
      const serial = line.split(/[\t;]/)[0].trim().toUpperCase();
      if (serial) places.set(serial, [...(places.get(serial) || []), index + 1]);
    });
    return [...places].filter(([, where]) => where.length > 1);
  }

  function insert(textarea, text) {
    const { selectionStart, selectionEnd, value } = textarea;
    textarea.value = value.slice(0, selectionStart) + text + value.slice(selectionEnd);
    textarea.selectionStart = textarea.selectionEnd = selectionStart + text.length;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  each("textarea[data-serials]", (textarea) => {
    let box = textarea.closest(".serial-box");
    if (!box) {
      box = make("div", "serial-box");
      textarea.replaceWith(box);
      box.append(textarea);
    }
    const gutter = make("div", "serial-gutter");
    gutter.setAttribute("aria-hidden", "true");
    const note = make("div", "serial-note");
    note.setAttribute("aria-live", "polite");
    const count = make("span", "serial-count");
    const twice = make("span", "serial-twice");
    note.append(count, twice);
    box.classList.add("is-numbered");
    textarea.wrap = "off";
    textarea.spellcheck = false;
    textarea.before(gutter);
    textarea.after(note);

    const source = textarea.dataset.expectedFrom && document.querySelector(textarea.dataset.expectedFrom);
    const expected = () => Number.parseInt(source ? source.value : textarea.dataset.expected, 10) || 0;
    const unit = textarea.dataset.unit || "số máy";
    let waiting = 0;

    function draw() {
      waiting = 0;
      const lines = textarea.value.split("\n");
      const filled = lines.filter((line) => line.trim()).length;
      const doubled = repeats(lines);
      const marked = new Set(doubled.flatMap(([, where]) => where));
      const rows = lines.map((_, index) => make("span", marked.has(index + 1) ? "is-twice" : "", String(index + 1)));
      gutter.replaceChildren(...rows);
      gutter.style.height = `${textarea.clientHeight}px`;
      gutter.scrollTop = textarea.scrollTop;
      const wanted = expected();
      const left = wanted - filled;
      const rest = left > 0 ? `, còn thiếu ${left}` : left < 0 ? `, thừa ${-left}` : "";
      count.textContent = wanted ? `${filled}/${wanted} ${unit}${rest}` : `${filled} ${unit}`;
      count.classList.toggle("is-full", wanted > 0 && left === 0 && !doubled.length);
      count.classList.toggle("is-over", wanted > 0 && left < 0);
      const shown = doubled.slice(0, 3).map(([serial, where]) => `${serial} (dòng ${where.slice(0, 5).join(", ")})`);
      const more = doubled.length > 3 ? ` và ${doubled.length - 3} số nữa` : "";
      twice.textContent = doubled.length ? `Trùng nhau: ${shown.join("; ")}${more}` : "";
    }
    const later = () => {
      waiting = waiting || setTimeout(draw, 80);
    };

    // A quantity that nobody has typed follows the serials: "1" stands there from the start.
    let followed = "1";
    function follow() {
      const filled = textarea.value.split("\n").filter((line) => line.trim()).length;
      if (!source || source.value !== followed) return;
      source.value = followed = String(Math.max(filled, 1));
    }

    textarea.addEventListener("input", () => {
      follow();
      later();
    });
    textarea.addEventListener("scroll", () => {
      gutter.scrollTop = textarea.scrollTop;
    });
    textarea.addEventListener("paste", (event) => {
      const text = event.clipboardData && event.clipboardData.getData("text/plain");
      if (!text || !/[\r\n]/.test(text)) return;
      event.preventDefault();
      insert(textarea, normal(text));
    });
    if (source) source.addEventListener("input", later);
    new ResizeObserver(later).observe(textarea);
    draw();
  });

  each("input[data-serial-input]", (input) => {
    const row = () => {
      const all = [...input.form.querySelectorAll("input[data-serial-input]")].filter((one) => one.offsetParent);
      return all.slice(all.indexOf(input));
    };
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.ctrlKey) return;
      event.preventDefault();
      const next = row()[1];
      if (next) {
        next.focus();
        next.select();
      }
    });
    input.addEventListener("paste", (event) => {
      const lines = normal(event.clipboardData.getData("text/plain")).split("\n").map((line) => line.trim()).filter(Boolean);
      if (lines.length < 2) return;
      event.preventDefault();
      const fields = row();
      fields.slice(0, lines.length).forEach((field, index) => {
        field.value = lines[index];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
      fields[Math.min(lines.length, fields.length) - 1].focus();
      if (lines.length > fields.length) {
        window.qltb.toast(`Đã điền ${fields.length} ô; còn ${lines.length - fields.length} dòng chưa có chỗ.`, "warn");
      }
    });
  });
})();
