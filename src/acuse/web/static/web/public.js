// Tells that the page is before somebody's eyes: not when it is fetched, nor when it is drawn ahead.
"use strict";
(() => {
  let told = false;
  const tell = () => {
    if (told || document.prerendering || document.visibilityState !== "visible") return;
    told = true;
    setTimeout(() => {
      if (document.visibilityState !== "visible") { told = false; return; }
      const body = new URLSearchParams({ auto: navigator.webdriver ? "1" : "0" });
      fetch(`${location.pathname.replace(/\/$/, "")}/visto`, { method: "POST", credentials: "omit", keepalive: true, body }).catch(() => {});
    }, 800);
  };
  document.addEventListener("visibilitychange", tell);
  document.addEventListener("prerenderingchange", tell);
  tell();
})();
// Without a script a value is chosen whole by one click; with one it has a button.
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const words = button.querySelector("[aria-live]");
    const before = words.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(button.dataset.copy).then(() => {
        words.textContent = button.dataset.done;
        setTimeout(() => { words.textContent = before; }, 4000);
      }).catch(() => {});
    });
  }
})();
