/* button[data-sign="wss://…"][data-order="…"]: hands the order to the signing tool on this computer.

   The tool fetches the file, asks for the PIN, brings the file back by itself and answers with a status; 0 is done.
   Then the page goes to [data-next], where the signature is shown. */
(() => {
  "use strict";
  const { each, toast } = window.qltb;

  function said(text) {
    try {
      return JSON.parse(text);
    } catch {
      return {};
    }
  }

  each("button[data-sign]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.disabled = true;
      let answered = false;
      const socket = new WebSocket(button.dataset.sign);
      socket.addEventListener("open", () => socket.send(button.dataset.order));
      socket.addEventListener("message", (event) => {
        answered = true;
        const answer = said(event.data);
        socket.close();
        if (answer.Status === 0) location.assign(button.dataset.next);
        else toast(answer.Message || "Công cụ ký số báo chưa ký được. Hãy thử lại.", "bad");
      });
      socket.addEventListener("close", () => {
        button.disabled = false;
        if (!answered) toast("Không gọi được công cụ ký số trên máy này. Hãy mở VGCA Sign Service rồi bấm lại.", "bad");
      });
    });
  });
})();
