/* Tom Select over long lists of choices.

   select[data-tom]              all choices are in the page; search ignores accents
   select[data-search-url]       the server searches: GET url?q=… → {"results": [{"id", "text", "note"}], "more": 12}
     data-search-with="a:#id_a"  other fields the search depends on, as name:selector, comma-separated
     data-placeholder            what the empty field says */
(() => {
  "use strict";
  const { each, make, toast } = window.qltb;

  const escape = (text) => {
    const span = document.createElement("span");
    span.textContent = text ?? "";
    return span.innerHTML;
  };

  function parameters(select, query) {
    const sent = new URLSearchParams({ q: query });
    for (const pair of (select.dataset.searchWith || "").split(",").filter(Boolean)) {
      const [name, selector] = pair.split(":");
      const field = document.querySelector(selector);
      if (field && field.value) sent.set(name.trim(), field.value);
    }
    return sent;
  }

  function searching(select, more) {
    let asked = null;
    return {
      preload: "focus",
      valueField: "id",
      labelField: "text",
      searchField: [],
      // The server has already chosen and ordered: no second filter here.
      score: () => () => 1,
      sortField: [{ field: "$order" }],
      shouldLoad: () => true,
      async load(query, done) {
        if (asked) asked.abort();
        asked = new AbortController();
        // Every search asks anew: what it found before has been put away with the other options.
        this.loadedSearches = {};
        try {
          const url = new URL(select.dataset.searchUrl, location.href);
          for (const [name, value] of parameters(select, query)) url.searchParams.set(name, value);
          const answer = await fetch(url, { signal: asked.signal, headers: { Accept: "application/json" } });
          if (!answer.ok || !(answer.headers.get("content-type") || "").includes("json")) throw new Error(answer.status);
          const { results, more: left } = await answer.json();
          const chosen = new Set(this.items);
          for (const id of Object.keys(this.options)) if (!chosen.has(id)) this.removeOption(id, true);
          more.textContent = left ? `Còn ${left.toLocaleString("vi-VN")} kết quả nữa, gõ thêm để thu hẹp` : "";
          more.hidden = !left;
          done(results);
        } catch (failure) {
          if (failure.name !== "AbortError") {
            toast("Không tải được danh sách lựa chọn. Hãy kiểm tra mạng, hoặc tải lại trang để đăng nhập lại.", "bad");
          }
          done();
        }
      },
    };
  }

  function enhance(select) {
    const more = make("div", "more");
    more.hidden = true;
    const remote = select.dataset.searchUrl ? searching(select, more) : { searchField: ["text"], sortField: [{ field: "$order" }] };
    const label = select.labels && select.labels[0];
    const chooser = new window.TomSelect(select, {
      maxOptions: 500,
      loadThrottle: 300,
      refreshThrottle: 0,
      placeholder: select.dataset.placeholder || "Gõ để tìm",
      hidePlaceholder: true,
      allowEmptyOption: false,
      closeAfterSelect: !select.multiple,
      plugins: select.multiple ? { remove_button: { title: "Bỏ lựa chọn này" } } : {},
      onInitialize() {
        this.dropdown.append(more);
        // Enter chooses; pressed before the answer is there it must not send the form.
        this.control_input.addEventListener("keydown", (event) => {
          if (event.key === "Enter") event.preventDefault();
        });
        // The field that stands for it carries the label now.
        select.setAttribute("aria-hidden", "true");
        if (label) this.dropdown_content.setAttribute("aria-label", label.textContent.trim());
      },
      render: {
        option: (data) => `<div>${escape(data.text)}${data.note ? ` <small>${escape(data.note)}</small>` : ""}</div>`,
        item: (data) => `<div>${escape(data.text)}</div>`,
        no_results: () => '<div class="no-results">Không có kết quả phù hợp</div>',
        loading: () => '<div class="no-results">Đang tìm…</div>',
        not_loading: () => "",
      },
      ...remote,
    });
    // Typed values that no longer fit their neighbour (another category) are dropped with it.
    for (const pair of (select.dataset.searchWith || "").split(",").filter(Boolean)) {
      const other = document.querySelector(pair.split(":")[1]);
      if (other) {
        other.addEventListener("change", () => {
          chooser.clear();
          chooser.clearOptions();
        });
      }
    }
  }

  each("select[data-search-url], select[data-tom]", enhance);
})();
