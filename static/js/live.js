/* [data-live="/address"]: its badge is asked for anew once a minute while somebody looks at the page.

   The address doesn't count as use of the session. Once it answers anything but a badge, the session
   is over: asking ends quietly, and the page stays as it is under the hands of whoever works there. */
(() => {
  "use strict";
  const { each } = window.qltb;
  const MINUTE = 60000;

  const counted = (place) => Number(place.querySelector("[data-count]")?.dataset.count || 0);

  each("[data-live]", (item) => {
    const badge = item.querySelector("[data-live-badge]");
    const said = item.parentElement.querySelector("[data-live-said]");
    let last = Date.now();

    async function ask() {
      last = Date.now();
      let answer;
      try {
        answer = await fetch(item.dataset.live, { redirect: "manual", cache: "no-store" });
      } catch {
        return; // No network just now.
      }
      if (answer.status >= 500) return;
      if (answer.status !== 200) {
        clearInterval(timer);
        document.removeEventListener("visibilitychange", look);
        return;
      }
      const before = counted(badge);
      badge.innerHTML = await answer.text();
      const now = counted(badge);
      if (now > before && said) said.textContent = `Có ${now - before} thông báo mới, ${now} chưa đọc.`;
    }

    function look() {
      if (!document.hidden && Date.now() - last >= MINUTE - 1000) ask();
    }

    const timer = setInterval(look, MINUTE);
    document.addEventListener("visibilitychange", look);
  });
})();
