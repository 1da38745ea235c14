/* input[type=file]: says what was chosen and refuses at once what the server would refuse after the upload.

   data-max-bytes="20971520" the largest file, data-too-large="…" what to do about a larger one; accept=".pdf" what kind. */
(() => {
  "use strict";
  const { each, make } = window.qltb;

  function size(bytes) {
    const units = ["B", "KB", "MB", "GB"];
    let unit = 0;
    let amount = bytes;
    while (amount >= 1024 && unit < units.length - 1) {
      amount /= 1024;
      unit += 1;
    }
    return `${amount.toLocaleString("vi-VN", { maximumFractionDigits: amount < 10 && unit ? 1 : 0 })} ${units[unit]}`;
  }

  function accepted(file, accept) {
    const kinds = accept.split(",").map((kind) => kind.trim().toLowerCase()).filter(Boolean);
    const name = file.name.toLowerCase();
    return !kinds.length || kinds.some((kind) => (kind.startsWith(".") ? name.endsWith(kind) : file.type === kind || (kind.endsWith("/*") && file.type.startsWith(kind.slice(0, -1)))));
  }

  function refusal(file, input) {
    const most = Number(input.dataset.maxBytes);
    if (most && file.size > most) return `Tệp “${file.name}” lớn ${size(file.size)}, vượt mức ${size(most)}. ${input.dataset.tooLarge ?? "Hãy quét lại ở độ phân giải thấp hơn hoặc tách tệp."}`;
    if (file.size === 0) return `Tệp “${file.name}” rỗng. Hãy chọn tệp khác.`;
    if (!accepted(file, input.accept)) return `Tệp “${file.name}” không đúng loại (${input.accept}). Hãy chọn tệp khác.`;
    return "";
  }

  each("input[type='file']", (input) => {
    const info = make("p", "file-info");
    info.setAttribute("aria-live", "polite");
    input.after(info);
    input.addEventListener("change", () => {
      const files = [...input.files];
      const refused = files.map((file) => refusal(file, input)).find(Boolean);
      info.classList.toggle("is-bad", Boolean(refused));
      if (refused) {
        input.value = "";
        info.textContent = refused;
      } else {
        info.textContent = files.map((file) => `${file.name} (${size(file.size)})`).join(", ");
      }
    });
  });
})();
