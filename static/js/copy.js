/* button[data-copy="text"] puts the text on the clipboard. */
(() => {
  "use strict";
  const { each, toast } = window.qltb;

  async function put(text) {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return true;
    }
    // Plain HTTP inside an office network: the older way, the only one there.
    const holder = document.createElement("textarea");
    holder.value = text;
    holder.className = "visually-hidden";
    document.body.append(holder);
    holder.select();
    const done = document.execCommand("copy");
    holder.remove();
    return done;
  }

  each("button[data-copy]", (button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = button.dataset.copy;
      const done = await put(text).catch(() => false);
      button.focus();
      button.classList.toggle("is-done", done);
      toast(done ? `Đã chép “${text}”.` : "Trình duyệt không cho chép. Hãy bôi đen rồi nhấn Ctrl+C.", done ? "ok" : "warn");
      setTimeout(() => button.classList.remove("is-done"), 2000);
    });
  });
})();
