// Small comforts of the workspace. Everything works without this file.
// "/" jumps to the search; 1, 2, 3 press an answer of the one open decision; errors are read first.
"use strict";

(() => {
  const typing = (target) => target.closest("input:not([type=radio]):not([type=checkbox]):not([type=submit]), textarea, select, [contenteditable]");

  const answer = (key) => {
    const forms = document.querySelectorAll("form[data-keys]");
    // With two open decisions a key could answer the wrong one.
    const form = forms.length === 1 ? forms[0] : document.activeElement.closest("form[data-keys]");
    return form && form.querySelector(`button[data-key="${CSS.escape(key)}"]:not([disabled])`);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    if (event.key === "/") {
      const find = document.querySelector("[data-find]");
      if (find && find.offsetParent !== null) {
        event.preventDefault();
        find.focus();
        find.select();
      }
      return;
    }
    const button = /^[1-9]$/.test(event.key) ? answer(event.key) : null;
    if (button) {
      event.preventDefault();
      button.click();
    }
  });

  // A form is sent once: a second tap on a slow line must not send it again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
  });

  // Back from the next page: the browser may show the old form as it was left.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  const errors = document.querySelector(".errors");
  if (errors) errors.focus();
})();
