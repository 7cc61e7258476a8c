// The editor of queries: Ctrl+Enter runs, Ctrl+Space offers names, Tab indents while somebody writes. The page works
// without it, and it remembers nothing.
"use strict";

(() => {
  const form = document.getElementById("editor");
  const area = document.getElementById("query");
  const list = document.getElementById("names");
  const state = document.getElementById("state");
  const keys = document.getElementById("keys");
  const language = document.documentElement.lang;
  const MOST_SHOWN = 8;
  const FEWEST_LETTERS = 2;
  const [FEWEST_LINES, MOST_LINES] = [14, 32];
  // a name that is being written; what stands before it tells variables, IRIs, texts and languages apart from names
  const NAME = /[\p{L}_][\p{L}\p{N}_-]*(?::[\p{L}\p{N}_.-]*)?$/u;
  const NO_NAME_AFTER = /[?$<@"'/:#\\.\p{N}-]$/u;
  const IN_COMMENT = /(^|\s)#[^>\n]*$/;
  const DECLARATION = /^\s*PREFIX\s+$/i;

  let known = null; // a promise of the prefixes and names, once they are needed
  let choices = [];
  let chosen = -1;
  let writes = false; // Tab indents while this holds, and leads on otherwise: nobody is caught in the field
  let inserts = false;

  function fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  }

  async function load() {
    const answer = await fetch(form.dataset.names);
    if (!answer.ok) throw new Error(String(answer.status));
    const { prefixes, names } = await answer.json();
    const ofPrefixes = Object.entries(prefixes).map(([prefix, iri]) => ({ text: `${prefix}:`, label: iri, words: "" }));
    const ofNames = names.map((one) => {
      const label = one[language] || one.en;
      return { text: one.name, label, words: fold(`${one.vi} ${one.en}`) };
    });
    return { prefixes, choices: [...ofNames, ...ofPrefixes] };
  }

  function knownNames() {
    known ??= load().catch(() => {
      known = null; // perhaps the next time
      return { prefixes: {}, choices: [] };
    });
    return known;
  }

  // The name before the caret, where it begins, and what stands before it in its line.
  function nameAtCaret() {
    const caret = area.selectionEnd;
    const before = area.value.slice(area.value.lastIndexOf("\n", caret - 1) + 1, caret);
    const name = before.match(NAME)?.[0];
    if (name === undefined || area.selectionStart !== caret) return null;
    const head = before.slice(0, before.length - name.length);
    if (NO_NAME_AFTER.test(head) || IN_COMMENT.test(head)) return null;
    return { name, start: caret - name.length, end: caret, declares: DECLARATION.test(head) };
  }

  // How well a choice fits what is written: 0 best; nothing where it does not.
  function rank(choice, written) {
    const text = fold(choice.text);
    const local = text.slice(text.indexOf(":") + 1);
    const wanted = written.slice(written.indexOf(":") + 1);
    if (text.startsWith(written)) return 0;
    if (written.includes(":") && !text.startsWith(written.slice(0, written.indexOf(":") + 1))) return null;
    if (!wanted) return null;
    if (local.startsWith(wanted)) return 1;
    if (` ${choice.words}`.includes(` ${wanted}`)) return 2;
    return local.includes(wanted) ? 3 : null;
  }

  async function offer(isAsked) {
    const place = nameAtCaret();
    if (!place || (!isAsked && place.name.length < FEWEST_LETTERS)) return close();
    const { choices: all } = await knownNames();
    const now = nameAtCaret();
    if (now?.name !== place.name || now.start !== place.start) return; // written on meanwhile
    const written = fold(place.name);
    choices = all
      .filter((choice) => !place.declares || choice.text.endsWith(":"))
      .map((choice) => ({ choice, rank: rank(choice, written) }))
      .filter((one) => one.rank !== null && (one.choice.text !== place.name || place.declares))
      .sort((a, b) => a.rank - b.rank || a.choice.text.length - b.choice.text.length)
      .slice(0, MOST_SHOWN)
      .map((one) => one.choice);
    if (choices.length) show();
    else close();
  }

  function show() {
    list.replaceChildren(...choices.map(item));
    list.hidden = false;
    choose(-1);
    state.textContent = form.dataset.found.replace("{count}", choices.length);
  }

  function item(choice, number) {
    const line = document.createElement("li");
    const [name, label] = [document.createElement("code"), document.createElement("span")];
    name.textContent = choice.text;
    label.textContent = choice.label;
    line.id = `name-${number}`;
    line.setAttribute("role", "option");
    line.append(name, label);
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus
      take(choice);
    });
    return line;
  }

  function choose(number) {
    chosen = number;
    [...list.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === number)));
    if (number < 0) area.removeAttribute("aria-activedescendant");
    else area.setAttribute("aria-activedescendant", `name-${number}`);
  }

  function close() {
    if (list.hidden) return;
    list.hidden = true;
    list.replaceChildren();
    choices = [];
    choose(-1);
    state.textContent = "";
  }

  // Writes in a way that can be undone, where the browser has one.
  function write(start, end, text) {
    inserts = true;
    area.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) area.setRangeText(text, start, end, "end");
    inserts = false;
    fit();
  }

  async function take(choice) {
    const place = nameAtCaret();
    const { prefixes } = await knownNames();
    close();
    if (!place) return;
    const prefix = choice.text.slice(0, choice.text.indexOf(":"));
    write(place.start, place.end, place.declares ? `${choice.text} <${prefixes[prefix]}>` : choice.text);
    if (!new RegExp(`PREFIX\\s+${prefix}:`, "i").test(area.value)) {
      const caret = area.selectionEnd;
      const line = `PREFIX ${prefix}: <${prefixes[prefix]}>\n`;
      write(0, 0, line);
      area.setSelectionRange(caret + line.length, caret + line.length);
    }
  }

  function fit() {
    area.rows = Math.min(Math.max(area.value.split("\n").length + 1, FEWEST_LINES), MOST_LINES);
  }

  function onKeyInList(event) {
    const last = choices.length - 1;
    if (event.key === "ArrowDown") choose(chosen >= last ? 0 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen <= 0 ? last : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) take(choices[chosen]);
    else return false;
    return true;
  }

  function isDone(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") form.requestSubmit();
    else if (event.ctrlKey && event.key === " ") offer(true);
    else if (!list.hidden && onKeyInList(event)) return true;
    else if (event.key === "Tab" && writes && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey)
      write(area.selectionStart, area.selectionEnd, "  ");
    else return false;
    return true;
  }

  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method has the key
    if (event.key === "Escape") {
      writes = false;
      close();
    } else if (isDone(event)) event.preventDefault();
  });
  area.addEventListener("input", (event) => {
    fit();
    if (inserts) return;
    writes = true;
    if (!event.isComposing) offer(false);
  });
  area.addEventListener("blur", () => {
    writes = false;
    close();
  });
  form.addEventListener("submit", () => {
    state.textContent = form.dataset.running;
  });
  window.addEventListener("pageshow", () => {
    state.textContent = "";
  });

  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", "names");
  area.setAttribute("aria-haspopup", "listbox");
  area.setAttribute("aria-describedby", "keys limits");
  keys.hidden = false;
  fit();
})();
