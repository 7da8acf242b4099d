// The editor of an article. The page works without it; what comes out is cleaned by the server.
(() => {
  "use strict";
  const form = document.querySelector("form[data-editor-page]");
  const box = form?.querySelector("[data-editor]");
  if (!box || !window.Squire) return;
  const text = form.querySelector("[data-editor-text]");
  const token = () => form.querySelector("input[name=csrfmiddlewaretoken]").value;
  const post = (address, fields) => fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": token() },
    body: new URLSearchParams(fields),
    redirect: "error",
  });
  // Only what the server has cleaned, or the editor has made, comes through here.
  const fragment = (html) => {
    const place = document.createElement("template");
    place.innerHTML = html;
    return document.importNode(place.content, true);
  };
  const root = box.querySelector(".editor-text");
  const editor = new Squire(root, { blockTag: "P", sanitizeToDOMFragment: fragment });

  const show = async () => {
    if (text.value.trim()) {
      const answer = await post(form.dataset.clean, { body: text.value, form: "plain" });
      if (!answer.ok) return;
      editor.setHTML(await answer.text());
    }
    box.hidden = false;
    form.querySelector("[data-editor-plain]").hidden = true;
    form.querySelector("[data-editor-form]").value = "html";
    text.value = editor.getHTML();
    form.dataset.ready = "1";
  };
  const store = () => {
    if (form.dataset.ready) text.value = editor.getHTML();
  };

  // What is pasted goes to the server first and comes back clean: Word leaves nothing behind.
  // Heard above the editor, so that the editor itself never reads what was pasted.
  box.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const words = event.clipboardData.getData("text/plain");
    post(form.dataset.clean, { body: html, form: "html" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error())))
      .then((clean) => {
        // Into an empty text a heading goes as a heading, not as words of the first line.
        if (root.textContent.trim()) editor.insertHTML(clean);
        else editor.setHTML(clean);
        typed();
      })
      .catch(() => editor.insertPlainText(words, true));
  }, true);

  const block = (tag) => {
    const there = editor.hasFormat(tag.toUpperCase());
    editor.modifyBlocks((part) => {
      part.querySelectorAll("p,h2,h3").forEach((old) => {
        const made = document.createElement(there ? "p" : tag);
        made.append(...old.childNodes);
        old.replaceWith(made);
      });
      return part;
    });
  };
  const deeds = {
    bold: () => (editor.hasFormat("B") || editor.hasFormat("STRONG") ? editor.removeBold() : editor.bold()),
    italic: () => (editor.hasFormat("I") || editor.hasFormat("EM") ? editor.removeItalic() : editor.italic()),
    h2: () => block("h2"),
    h3: () => block("h3"),
    ul: () => (editor.hasFormat("UL") ? editor.removeList() : editor.makeUnorderedList()),
    ol: () => (editor.hasFormat("OL") ? editor.removeList() : editor.makeOrderedList()),
    quote: () => (editor.hasFormat("BLOCKQUOTE") ? editor.decreaseQuoteLevel() : editor.increaseQuoteLevel()),
    link: (button) => {
      const address = window.prompt(button.dataset.ask, "https://");
      if (address && /^(https?:|mailto:)/i.test(address)) editor.makeLink(address);
    },
    undo: () => editor.undo(),
  };
  const pressed = { bold: ["B", "STRONG"], italic: ["I", "EM"], h2: ["H2"], h3: ["H3"], ul: ["UL"], ol: ["OL"], quote: ["BLOCKQUOTE"] };
  const buttons = Array.from(box.querySelectorAll("[data-do]"));
  const look = () => buttons.forEach((button) => {
    const tags = pressed[button.dataset.do];
    if (tags) button.setAttribute("aria-pressed", String(tags.some((tag) => editor.hasFormat(tag))));
  });
  buttons.forEach((button) => button.addEventListener("click", () => {
    deeds[button.dataset.do](button);
    editor.focus();
    look();
  }));
  // A picture stands in the text as its mark, on a line of its own.
  form.querySelectorAll("[data-insert]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const line = document.createElement("p");
      line.textContent = button.dataset.insert;
      const at = editor.getSelection().startContainer;
      const block = Array.from(root.children).find((part) => part.contains(at)) ?? root.lastElementChild;
      editor.saveUndoState();
      if (block) block.after(line);
      else root.append(line);
      editor.focus();
      typed();
    });
  });
  editor.addEventListener("pathChange", look);
  editor.addEventListener("select", look);

  // What is typed is kept on the server while it is typed, and survives a lost line or session.
  let changed = false;
  let waiting = 0;
  const kept = box.querySelector("[data-kept]");
  const keep = () => {
    waiting = 0;
    if (!changed || !form.dataset.keep || form.dataset.sent) return;
    changed = false;
    store();
    const names = ["section", "title", "summary", "body", "form", "author_name", "source", "lead", "seen"];
    const fields = Object.fromEntries(names.map((name) => [name, form.elements[name]?.value ?? ""]));
    post(form.dataset.keep, fields)
      .then((answer) => { if (answer.ok) kept.textContent = kept.dataset.kept; else changed = true; })
      .catch(() => { changed = true; });
  };
  const typed = () => {
    changed = true;
    kept.textContent = "";
    if (!waiting) waiting = setTimeout(keep, 3000);
  };
  form.addEventListener("input", typed);
  editor.addEventListener("input", typed);
  addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  form.addEventListener("submit", store, true);
  show();
})();
