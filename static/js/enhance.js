// Small conveniences. Every page works without them.
(() => {
  "use strict";

  function copyButtons(root) {
    if (!navigator.clipboard) return;
    root.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const label = button.textContent;
    navigator.clipboard.writeText(button.dataset.copy).then(() => {
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  });

  // A form sent twice by a double click is sent once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 3000) { event.preventDefault(); return; }
    form.dataset.sent = String(Date.now());
  });

  // A save in the background that fails says so until one succeeds.
  document.addEventListener("htmx:afterRequest", (event) => {
    const notice = document.getElementById(event.target.dataset?.autosave || "");
    if (notice) notice.hidden = Boolean(event.detail.successful);
  });

  function counters(root) {
    root.querySelectorAll("textarea[data-count]").forEach((area) => {
      const output = document.getElementById(`${area.id}_count`);
      if (!output) return;
      const show = () => { output.textContent = output.dataset.text.replace("{n}", String([...area.value].length)); };
      area.addEventListener("input", show);
      show();
      output.hidden = false;
    });
  }

  function start(root) {
    copyButtons(root);
    counters(root);
    root.querySelector("[data-autofocus]")?.focus();
  }

  if (window.matchMedia("(max-width: 59.99rem)").matches) {
    document.querySelectorAll("[data-fold-on-phone]").forEach((panel) => { panel.open = Boolean(panel.querySelector(".error-summary")); });
  }
  start(document);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) start(event.target); });
})();
