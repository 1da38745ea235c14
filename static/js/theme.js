/* Runs before the first paint: the theme of the system, and a mark that scripts run. */
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  root.classList.add("js");
  follow();
  dark.addEventListener("change", follow);
})();
