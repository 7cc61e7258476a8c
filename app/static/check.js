// What makes /check more convenient: the page does all it must without this.
"use strict";

for (const form of document.querySelectorAll(".draft-form")) {
  const text = form.elements.text;
  const file = form.elements.file;
  const most = Number(form.dataset.maxBytes);

  const judge = () => {
    const chosen = file.files[0];
    const isLarge = chosen ? chosen.size > most : new Blob([text.value]).size > most;
    file.setCustomValidity(chosen && isLarge ? form.dataset.tooLarge : "");
    text.setCustomValidity(!chosen && isLarge ? form.dataset.tooLarge : "");
  };
  text.addEventListener("change", judge);
  file.addEventListener("change", judge);
  judge();

  text.placeholder = text.dataset.drop;
  text.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      text.classList.add("over");
    }
  });
  text.addEventListener("dragleave", () => text.classList.remove("over"));
  text.addEventListener("drop", (event) => {
    text.classList.remove("over");
    if (event.dataTransfer.files.length) {
      event.preventDefault();
      file.files = event.dataTransfer.files;
      judge();
      file.focus();
    }
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      judge();
      form.requestSubmit();
    }
  });
}

const show = (number) => {
  for (const one of document.querySelectorAll(".current")) one.classList.remove("current");
  for (const one of document.querySelectorAll(`[data-finding="${number}"]`)) one.classList.add("current");
};
const bring = (id, block) => document.getElementById(id)?.scrollIntoView({ block });
const isSelecting = () => !document.getSelection().isCollapsed;

const follow = () => {
  const found = /^#(?:mark|finding)-(\d+)$/.exec(location.hash);
  if (found) show(found[1]);
};
addEventListener("hashchange", follow);
follow();

document.querySelector(".draft")?.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (!mark || isSelecting()) return;
  show(mark.dataset.finding);
  bring(`finding-${mark.dataset.finding}`, "nearest");
});

for (const finding of document.querySelectorAll(".finding")) {
  finding.addEventListener("click", (event) => {
    if (event.target.closest("a, button, summary, .suggestion") || isSelecting()) return;
    show(finding.dataset.finding);
    bring(`mark-${finding.dataset.finding}`, "center");
  });
}

const copy = async (source) => {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    // without https there is no clipboard to write to: what is selected can be copied
    document.getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
};
for (const button of document.querySelectorAll("button.copy")) {
  const label = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    if (!(await copy(button.previousElementSibling))) return;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
