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
