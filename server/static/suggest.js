// Suggestions while typing: a combobox with a list, as WAI-ARIA describes it. Without this file the search box is a plain one.
"use strict";
(() => {
  const input = document.querySelector('form.box[action="/search"] input[type=search]');
  if (!input || !window.fetch || !window.AbortController) return;
  const form = input.form;
  const wait = 120; // ms after the last key
  const kinds = { term: "词语", institution: "机关", heading: "章节", title: "标题" };

  const list = document.createElement("ul");
  list.id = "q-list";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "检索建议");
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "vh";
  said.setAttribute("role", "status");
  input.closest(".row").after(list, said);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let typed = input.value; // what the list goes on from
  let chosen = -1;
  let composing = false;
  let timer = 0;
  let asking = null;
  const known = new Map();

  function close() {
    clearTimeout(timer);
    if (asking) asking.abort();
    asking = null;
    list.hidden = true;
    chosen = -1;
    said.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(at) {
    const options = list.children;
    if (chosen >= 0) options[chosen].removeAttribute("aria-selected");
    chosen = at;
    if (at < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[at].id);
  }

  function take(at) {
    input.value = list.children[at].dataset.query;
    close();
    form.requestSubmit ? form.requestSubmit() : form.submit();
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((s, i) => {
      const option = document.createElement("li");
      option.id = "q-" + i;
      option.setAttribute("role", "option");
      option.dataset.query = s.query;
      const text = document.createElement("span");
      text.className = "what";
      for (const part of s.parts) {
        if (part.match) {
          const b = document.createElement("b");
          b.textContent = part.text;
          text.append(b);
        } else text.append(part.text);
      }
      const kind = document.createElement("span");
      kind.className = "kind";
      kind.textContent = kinds[s.kind] || "";
      option.append(text, " ", kind);
      return option;
    }));
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = list.hidden ? "" : suggestions.length + " 条建议，用上下键选择";
  }

  async function ask() {
    typed = input.value;
    if (asking) asking.abort();
    if (typed.trim() === "" || document.activeElement !== input) return close();
    if (known.has(typed)) return show(known.get(typed));
    const mine = (asking = new AbortController());
    try {
      const answer = await fetch("/api/v1/suggest?q=" + encodeURIComponent(typed), { signal: mine.signal });
      if (!answer.ok) return close();
      const { ready, suggestions } = await answer.json();
      if (mine !== asking) return;
      if (ready && known.size < 200) known.set(typed, suggestions);
      show(suggestions);
    } catch {
      if (mine === asking) close(); // the box goes on without suggestions
    }
  }

  input.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
    if (asking) asking.abort();
    asking = null;
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    later();
  });
  function later() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(ask, wait);
  }
  input.addEventListener("input", (event) => {
    if (!event.isComposing) later();
  });
  input.addEventListener("keydown", (event) => {
    if (composing || event.isComposing || event.keyCode === 229) return; // the keys are the input method's
    const n = list.children.length;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (list.hidden) {
          if (event.key === "ArrowDown" && input.value.trim() !== "") ask();
          else return;
        } else if (event.key === "ArrowDown") choose(chosen + 1 < n ? chosen + 1 : -1);
        else choose(chosen < 0 ? n - 1 : chosen - 1);
        event.preventDefault();
        break;
      case "Enter":
        if (!list.hidden && chosen >= 0) {
          event.preventDefault();
          take(chosen);
        } else close();
        break;
      case "Escape":
        if (list.hidden) return;
        event.preventDefault(); // else it would empty the box
        close();
        break;
      case "Tab":
        close();
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take([...list.children].indexOf(option));
  });
})();
