/* htmx: the CSRF token on every request, failures said in words, the focus kept through a swap. */
(() => {
  "use strict";
  const { toast } = window.qltb;

  const SAID = {
    0: "Không kết nối được máy chủ. Hãy kiểm tra mạng rồi thử lại.",
    400: "Yêu cầu không hợp lệ. Hãy tải lại trang rồi thử lại.",
    403: "Bạn không có quyền làm việc này, hoặc phiên làm việc đã đổi. Hãy tải lại trang rồi thử lại.",
    404: "Không tìm thấy dữ liệu này. Có thể nó đã được chuyển đi hoặc đã đóng.",
    409: "Dữ liệu vừa được người khác thay đổi. Hãy tải lại trang để xem bản mới nhất.",
    413: "Tệp quá lớn, máy chủ không nhận. Hãy chọn tệp nhỏ hơn.",
    429: "Có quá nhiều yêu cầu trong thời gian ngắn. Hãy chờ một phút rồi thử lại.",
  };
  const SERVER = "Máy chủ đang gặp sự cố nên màn hình chưa được cập nhật. Hãy thử lại sau ít phút.";

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("meta[name='csrf-token']");
    if (token && token.content) event.detail.headers["X-CSRFToken"] = token.content;
  });

  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    toast(SAID[status] || SERVER, "bad");
  });
  document.addEventListener("htmx:sendError", () => toast(SAID[0], "bad"));
  document.addEventListener("htmx:timeout", () => toast(SAID[0], "bad"));

  let focused = null;

  function describe(element) {
    return { id: element.id, name: element.name, label: element.getAttribute("aria-label") || element.textContent.trim(), tag: element.tagName };
  }

  function same(target, wanted) {
    if (wanted.id) return document.getElementById(wanted.id);
    const found = [...target.querySelectorAll(wanted.tag)];
    return (
      (wanted.name && found.find((one) => one.name === wanted.name)) ||
      found.find((one) => (one.getAttribute("aria-label") || one.textContent.trim()) === wanted.label)
    );
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    const login = document.body.dataset.login;
    // The session has ended: the answer is the login page. Go there as a page, and come back here after it.
    if (login && xhr.responseURL && new URL(xhr.responseURL).pathname === login) {
      event.detail.shouldSwap = false;
      location.assign(`${login}?next=${encodeURIComponent(location.pathname + location.search)}`);
      return;
    }
    const active = document.activeElement;
    focused = active && active !== document.body && target.contains(active) ? describe(active) : null;
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (!focused || (document.activeElement && document.activeElement !== document.body)) return;
    const target = event.detail.elt;
    const again = same(target, focused);
    focused = null;
    if (again) {
      again.focus({ preventScroll: true });
      // The choice has just been made: its list needn't open again over the next field.
      const list = again.closest(".ts-wrapper")?.previousElementSibling;
      if (list && list.tomselect) setTimeout(() => list.tomselect.close());
    } else {
      target.setAttribute("tabindex", "-1");
      target.focus({ preventScroll: true });
    }
  });
})();
