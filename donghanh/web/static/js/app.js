// Small comforts. Every page works without this file; no word people read is written here.
(() => {
  "use strict";
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const typing = (node) => node.closest("input, textarea, select, [contenteditable]") !== null;

  // "/" goes to the search box; Escape closes open menus and citations.
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      const find = document.getElementById("find");
      if (find && find.offsetParent !== null) {
        event.preventDefault();
        find.focus();
        find.select();
      }
    }
    if (event.key === "Escape") {
      all("details.menu[open], details.citation[open]").forEach((box) => {
        const inside = box.contains(document.activeElement);
        box.open = false;
        if (inside) box.querySelector("summary").focus();
      });
    }
  });
  document.addEventListener("click", (event) => {
    all("details.menu[open], details.citation[open]").forEach((box) => {
      if (!box.contains(event.target)) box.open = false;
    });
  });

  // A citation opened near the right edge opens to the left.
  document.addEventListener("toggle", (event) => {
    const box = event.target;
    if (!box.matches?.("details.citation") || !box.open) return;
    box.classList.remove("is-flipped");
    const edge = box.querySelector(".citation-full").getBoundingClientRect().right;
    box.classList.toggle("is-flipped", edge > document.documentElement.clientWidth - 8);
  }, true);

  // Where tabs do not fit, the one that is open is in sight.
  all(".tabs [aria-current]").forEach((tab) => {
    tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 24;
  });

  // Theme: light, dark, or as the system says.
  const themes = all("[data-theme-choice]");
  const showTheme = () => {
    const now = document.documentElement.dataset.theme || "system";
    themes.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.themeChoice === now)));
  };
  themes.forEach((button) => {
    button.closest("[hidden]")?.removeAttribute("hidden");
    button.addEventListener("click", () => {
      const choice = button.dataset.themeChoice;
      if (choice === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = choice;
      try {
        if (choice === "system") localStorage.removeItem("theme");
        else localStorage.setItem("theme", choice);
      } catch { /* not kept; still shown */ }
      showTheme();
    });
  });
  showTheme();

  // A letter beside its reading: a field and its span light up together.
  const light = (key, on) => {
    all("[data-key]").forEach((node) => {
      if (node.dataset.key === key) node.classList.toggle("is-lit", on);
    });
  };
  ["mouseover", "focusin"].forEach((name) => document.addEventListener(name, (event) => {
    const node = event.target.closest?.("[data-key]");
    if (node) light(node.dataset.key, true);
  }));
  ["mouseout", "focusout"].forEach((name) => document.addEventListener(name, (event) => {
    const node = event.target.closest?.("[data-key]");
    if (node && !node.contains(event.relatedTarget)) light(node.dataset.key, false);
  }));
  document.addEventListener("click", (event) => {
    const node = event.target.closest?.("[data-key]");
    if (!node || typing(event.target)) return;
    const other = node.classList.contains("lit") ? `.read-row[data-key="${CSS.escape(node.dataset.key)}"]`
      : `.lit[data-key="${CSS.escape(node.dataset.key)}"]`;
    document.querySelector(other)?.scrollIntoView({ block: "nearest" });
  });

  // A form is sent once (data-again: a download may be asked for again); coming back to the page makes it ready again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get" || "again" in form.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    setTimeout(() => all("button[type=submit], button:not([type])", form).forEach((b) => { b.disabled = true; }), 0);
  });
  const ready = (root) => all("form[data-sent]", root).forEach((form) => {
    delete form.dataset.sent;
    all("button:disabled", form).forEach((button) => { button.disabled = false; });
  });
  addEventListener("pageshow", () => ready(document));
  document.addEventListener("htmx:afterRequest", () => ready(document));

  // The tally follows the count as it is typed; the server counts again.
  all("[data-tally]").forEach((box) => {
    const input = document.getElementById(box.dataset.tally);
    if (!input) return;
    const total = Number(box.dataset.total);
    const needed = Number(box.dataset.needed);
    input.addEventListener("input", () => {
      const yes = Math.max(0, Math.min(total, Math.trunc(Number(input.value) || 0)));
      const met = total > 0 && yes >= needed;
      box.querySelector("[data-tally-yes]").textContent = String(yes);
      box.querySelector(".bar-fill").setAttribute("width", `${total ? (100 * yes) / total : 0}%`);
      box.querySelector("[data-tally-verdict]").textContent = met ? box.dataset.met : box.dataset.short;
      box.classList.toggle("is-met", met);
      box.classList.toggle("is-short", !met);
    });
  });

  // A target shared out: the sums follow what is typed and ticked; the server counts again.
  all("form[data-shares]").forEach((form) => {
    const put = (selector, value) => all(selector).forEach((node) => {
      node.textContent = String(value);
      node.classList.toggle("is-short", value < Number(node.dataset.target || 0));
    });
    const count = () => {
      const ticked = all("input[name^=unit_]:checked", form);
      put("[data-units]", ticked.length);
      const none = form.elements.without_target.checked;
      put("[data-shared]", none ? 0 : ticked.reduce((sum, box) =>
        sum + Math.max(0, Math.trunc(Number(form.elements[box.name.replace("unit_", "share_")].value) || 0)), 0));
    };
    form.addEventListener("input", count);
    all("[data-with-script]", form).forEach((node) => { node.hidden = false; });
    all("[data-tick]", form).forEach((button) => button.addEventListener("click", () => {
      all("input[name^=unit_]", form).forEach((box) => { box.checked = button.dataset.tick !== ""; });
      count();
    }));
    count();
  });

  // Leaving a form with words not yet saved asks first.
  let unsaved = false;
  all("form[data-guard]").forEach((form) => {
    form.addEventListener("input", () => { unsaved = true; });
    form.addEventListener("submit", () => { unsaved = false; });
  });
  document.addEventListener("htmx:afterOnLoad", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  // The summary of errors takes the focus, so that a reader hears it first.
  document.querySelector(".error-summary:not([data-quiet])")?.focus();

  // Demonstration accounts fill the sign-in form.
  all("[data-fill-username]").forEach((button) => button.addEventListener("click", () => {
    const field = document.querySelector("input[name=username]");
    field.value = button.dataset.fillUsername;
    document.querySelector("input[name=password]").focus();
  }));
})();
