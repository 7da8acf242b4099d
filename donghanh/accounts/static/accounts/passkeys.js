// Passkeys: asks the browser, puts the answer into the form, sends it. No word people read is here.
(() => {
  "use strict";
  const json = window.webauthnJSON;
  if (!json || !json.supported()) return;

  const options = async (form) => {
    const held = form.querySelector("script[type='application/json']");
    if (held) return JSON.parse(held.textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const ask = async (form) => {
    const given = await options(form);
    return given.creation_options ? json.create(given.creation_options) : json.get(given.request_options);
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const button = form.querySelector("button");
    const failed = form.querySelector("[data-passkey-failed]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      const field = form.elements.namedItem("credential");
      if (field.value) return;
      event.preventDefault();
      button.disabled = true;
      failed.hidden = true;
      try {
        field.value = JSON.stringify(await ask(form));
        form.requestSubmit();
      } catch {
        failed.hidden = false;
        button.disabled = false;
      }
    });
  });
})();
