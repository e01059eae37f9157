// The little that needs a script: menus that close, lines that are added, fields that appear.
"use strict";
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
  const button = event.target.closest("[data-copy]");
  if (button) navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = "Copiado"; });
  const remove = event.target.closest("[data-remove-line]");
  if (remove && document.querySelectorAll(".line").length > 1) {
    remove.closest(".line").remove();
    document.getElementById("document-form").dispatchEvent(new Event("change", { bubbles: true }));
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) { menu.removeAttribute("open"); menu.querySelector("summary").focus(); }
});
document.addEventListener("change", (event) => {
  const shows = event.target.closest("[data-shows]");
  if (shows) toggle(shows);
});
function toggle(field) {
  for (const part of document.querySelectorAll(`[data-when="${field.dataset.shows}"]`)) {
    part.hidden = !part.dataset.value.split(" ").includes(field.value);
  }
}
document.querySelectorAll("[data-shows]").forEach(toggle);
// A form that was swapped in shows what its fields say too.
document.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll("[data-shows]").forEach(toggle));
// A link to what is folded away opens it first.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const field = link && document.getElementById(link.hash.slice(1));
  const fold = field && field.closest("details:not([open])");
  if (fold) fold.setAttribute("open", "");
});
// A new line gets an index of its own.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id !== "add-line") return;
  const button = event.detail.elt;
  event.detail.parameters.index = button.dataset.next;
  button.dataset.next = Number(button.dataset.next) + 1;
});
// A variable goes where the cursor was; without a script the server adds it at the end.
let written = null;
document.addEventListener("focusin", (event) => { if (event.target.closest("#subject, #body")) written = event.target; });
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  event.preventDefault();
  const field = written || document.getElementById("body");
  field.focus();
  field.setRangeText(`{{${button.dataset.insert}}}`, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
// The preview follows what is written, in a new frame each time: "Atrás" leaves the page at once.
let waiting = 0;
function preview(form) {
  const frame = document.querySelector('iframe[name="preview"]');
  const next = frame.cloneNode();
  next.removeAttribute("src");
  frame.replaceWith(next);
  form.requestSubmit(document.getElementById(form.dataset.preview));
}
document.querySelectorAll("form[data-stale]").forEach(preview);
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || !form.dataset.preview) return;
  clearTimeout(waiting);
  waiting = setTimeout(preview, event.target.matches("[data-view]") ? 0 : 500, form);
});
