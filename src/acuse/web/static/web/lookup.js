// A field whose codes are looked up as one types: a plain text field that becomes the combobox
// of ARIA 1.2. Without this script it stays a plain text field, and nothing is missing but help.
"use strict";
(() => {
  const PAUSE = 200, SLOW = 300, SHORTEST = 2;
  const FAILED = "No se pudo buscar. Escribe el código completo, o sigue escribiendo para volver a intentarlo.";
  const GONE = "Tu sesión terminó. Vuelve a entrar en otra pestaña y sigue escribiendo.";
  let filling = false;

  // A choice that a person made stands, whatever is looked up afterwards.
  document.addEventListener("change", (event) => {
    if (!filling && event.target.matches("select")) event.target.dataset.chosen = "1";
  });

  function equip(field) {
    if (field.dataset.equipped) return;
    field.dataset.equipped = "1";
    const box = document.createElement("div"), status = document.createElement("span");
    box.className = "lookup";
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    field.after(box, status);
    const listId = `${field.id}-list`;
    const state = { active: -1, timer: 0, slow: 0, abort: null };
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", listId);
    const options = () => [...box.querySelectorAll("[role=option]")];
    for (const other of fillable(field)) {
      if (field.value.trim() || other.value !== other.options[0].value) other.dataset.chosen = "1";
    }

    function show(html, note) {
      box.innerHTML = html || `<ul role="listbox" hidden></ul><p class="note"></p>`;
      const list = box.querySelector("[role=listbox]"), words = box.querySelector(".note");
      list.id = listId;
      list.setAttribute("aria-label", field.dataset.title);
      options().forEach((option, at) => { option.id = `${listId}-${at}`; });
      if (note) words.textContent = note;
      words.hidden = !words.textContent.trim();
      status.textContent = [words.dataset.status, words.textContent].filter(Boolean).join(" ");
      box.hidden = false;
      field.setAttribute("aria-expanded", String(!list.hidden));
      point(-1);
    }
    function stop() {
      clearTimeout(state.timer);
      clearTimeout(state.slow);
      if (state.abort) state.abort.abort();
    }
    function close() {
      stop();
      box.innerHTML = `<ul role="listbox" id="${listId}" hidden></ul>`;
      box.querySelector("ul").setAttribute("aria-label", field.dataset.title);
      box.hidden = true;
      status.textContent = "";
      field.setAttribute("aria-expanded", "false");
      point(-1);
    }
    function point(at) {
      state.active = at;
      options().forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      const option = options()[at];
      if (!option) return field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
    async function search() {
      const typed = field.value.trim();
      if (typed.length < SHORTEST) return close();
      stop(); // what was found before stays in sight until there is something newer
      const abort = state.abort = new AbortController();
      state.slow = setTimeout(() => show("", "Buscando…"), SLOW);
      try {
        const query = new URLSearchParams({ buscar: typed });
        const response = await fetch(`${field.dataset.lookup}?${query}`, { signal: abort.signal });
        if (response.redirected) show("", GONE);
        else if (!response.ok) throw new Error(String(response.status));
        else show(await response.text());
      } catch (error) {
        if (!abort.signal.aborted) show("", FAILED);
      } finally {
        if (state.abort === abort) clearTimeout(state.slow);
      }
    }
    function choose(option) {
      const { code, rate, nature, words } = option.dataset;
      close();
      field.value = code;
      field.removeAttribute("aria-invalid");
      tell(words);
      filling = true;
      fill(field, rate, nature);
      field.dispatchEvent(new Event("change", { bubbles: true }));
      filling = false;
    }
    function noteOf() { return document.getElementById(`${field.id}-note`); }
    function tell(words) {
      const note = noteOf();
      if (!note) return;
      note.className = "help";
      note.textContent = words;
    }

    field.addEventListener("input", () => {
      const note = noteOf();
      if (note && note.className === "help") tell(field.dataset.help); // an error stays to be read
      clearTimeout(state.timer);
      state.timer = setTimeout(search, PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      const open = field.getAttribute("aria-expanded") === "true", most = options().length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) return void search();
        point(event.key === "ArrowDown" ? (state.active + 1) % most : (state.active <= 0 ? most : state.active) - 1);
      } else if (event.key === "Enter" && !box.hidden) {
        event.preventDefault(); // never "Emitir" while something is being looked up
        if (options()[state.active]) choose(options()[state.active]);
      } else if (event.key === "Escape" && !box.hidden) {
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    });
    field.addEventListener("blur", close);
    box.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    box.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
    close();
  }

  const named = (id) => (id ? document.getElementById(id) : null);
  const fillable = (field) => [named(field.dataset.rate), named(field.dataset.nature)].filter(Boolean);

  function fill(field, rate, nature) {
    const settled = named(field.dataset.settled);
    if (rate && !(settled && settled.value)) {
      set(named(field.dataset.rate), (value) => value.includes("|") && Number(value.split("|")[1]) === Number(rate));
    }
    if (nature) set(named(field.dataset.nature), (value) => value === nature);
  }
  function set(select, fits) {
    if (!select || select.dataset.chosen) return;
    const option = [...select.options].find((one) => fits(one.value));
    if (!option || option.selected) return;
    select.value = option.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const within = (part) => part.querySelectorAll("[data-lookup]").forEach(equip);
  within(document);
  document.addEventListener("htmx:load", (event) => within(event.detail.elt));
})();
