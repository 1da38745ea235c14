/* The order of a list that is chosen from: its buttons move a line at once instead of asking the server.

   [data-order]        the form; its lines are <li> with buttons named up and down
   [data-order-said]   where the new place is told to screen readers */
(() => {
  "use strict";
  const { each } = window.qltb;

  each("[data-order]", (form) => {
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[name='up'], button[name='down']");
      if (!button) return;
      event.preventDefault();
      const line = button.closest("li");
      const other = button.name === "up" ? line.previousElementSibling : line.nextElementSibling;
      if (other && button.name === "up") other.before(line);
      else if (other) other.after(line);
      // Moved in the document, a button loses the focus.
      button.focus();
      const place = [...line.parentElement.children].indexOf(line) + 1;
      const said = form.querySelector("[data-order-said]");
      if (said) said.textContent = `${line.querySelector("label").textContent.trim()}: vị trí ${place}`;
    });
  });
})();
