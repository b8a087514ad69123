// Comfort on every page; nothing here is needed for a page to work.

const messages = () => document.getElementById("messages");

/** Say a sentence in the live region; `kind` is a notice's kind. */
function say(text, kind) {
  const region = messages();
  if (!region || !text) return;
  const box = document.createElement("div");
  box.className = `notice ${kind}`;
  box.textContent = text;
  region.replaceChildren(box);
}

// Double submit: the first click counts. The key in the form makes a repeat harmless; this spares the wait.
const RELEASE_AFTER = 15000;
const SAID_AFTER = 1500; // what is sent in less needs no word
let saying;

function release(form) {
  clearTimeout(saying);
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[data-held]")) {
    button.disabled = false;
    delete button.dataset.held;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  // After the event, or the pressed button's own name and value would not be sent.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not(:disabled)")) {
      button.disabled = true;
      button.dataset.held = "1";
    }
  });
  setTimeout(() => release(form), RELEASE_AFTER);
  saying = setTimeout(() => say(messages()?.dataset.sending, "info"), SAID_AFTER);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});

// The summary of errors takes the focus; its links go into the field, not only to it.
function focusProblems(root) {
  root.querySelector("[data-problems]")?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-problems] a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (field) {
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView({ block: "start" });
    field.focus({ preventScroll: true });
  }
});

// Buttons that only a script can serve stand hidden in the page until here.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if (button.hasAttribute("data-print")) {
    print();
    return;
  }
  try {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    say(button.dataset.done, "success");
  } catch {
    say(button.dataset.failed, "warning");
  }
});

function reveal(root) {
  root.querySelectorAll("[data-print][hidden], [data-copy][hidden]").forEach((button) => {
    button.hidden = false;
  });
}

reveal(document);
focusProblems(document);

// Parts swapped in by htmx get the same; an answer that cannot be shown is said, never swallowed.
document.addEventListener("htmx:afterSwap", (event) => {
  reveal(event.target);
  focusProblems(event.target);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (form) release(form);
});
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => say(messages()?.dataset.failed, "error"));
}
