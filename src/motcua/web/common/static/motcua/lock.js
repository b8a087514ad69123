// The shared computer: F10 locks the screen, and so do idle minutes, with a warning before. What was typed goes along and
// is held for its owner. Without a script the button locks, and the server does after the idle minutes.

const form = document.getElementById("lock");
const warning = document.getElementById("idle");
const AFTER = Number(form.dataset.after) * 1000;
const WARNED = Math.min(60000, AFTER / 2);
const SEEN_EVERY = 60000;
const KEPT = "motcua.used";

/** The form somebody is at work on: the one with the focus, else the first that was changed. */
function working() {
  const forms = [...document.querySelectorAll("main form[method=post]")].filter((each) => typed(each).length);
  return forms.find((each) => each.contains(document.activeElement)) ?? forms[0];
}

/** Its fields, if any differs from how it came. */
function typed(each) {
  const fields = [...each.elements].filter((field) => field.name && !field.matches("[type=password], [type=file], button"));
  const changed = fields.some((field) => {
    if (field.matches("[type=radio], [type=checkbox]")) return field.checked !== field.defaultChecked;
    if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.type !== "hidden" && field.value !== field.defaultValue;
  });
  if (!changed) return [];
  const names = new Set(fields.map((field) => field.name));
  return [...new FormData(each)].filter(([name, value]) => names.has(name) && typeof value === "string");
}

// However it is locked, by key, button or time: what was typed goes along. Once: a second submission would take the place of
// the first, whose answer says where what was typed is held.
const ANSWERED_WITHIN = 30000;
let sent = -ANSWERED_WITHIN;

form.addEventListener("submit", (event) => {
  if (Date.now() - sent < ANSWERED_WITHIN) {
    event.preventDefault();
    return;
  }
  sent = Date.now();
  const busy = working();
  if (!busy) return;
  form.elements.typed.value = JSON.stringify(typed(busy));
  if (busy.getAttribute("action")) form.elements.path.value = new URL(busy.action).pathname;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "F10" || event.ctrlKey || event.altKey || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

// Idle time counts for the browser, not for one tab: a tab in use keeps the others open.
let told = Date.now();

function used() {
  const now = Date.now();
  localStorage.setItem(KEPT, String(now));
  warning.hidden = true;
  if (now - told < SEEN_EVERY) return;
  told = now;
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  fetch(form.dataset.seen, { method: "POST", body }).catch(() => {});
}

for (const kind of ["keydown", "pointerdown", "input", "wheel"]) {
  document.addEventListener(kind, used, { passive: true });
}

function look() {
  const idle = Date.now() - Number(localStorage.getItem(KEPT) ?? Date.now());
  if (idle >= AFTER) form.requestSubmit();
  else warning.hidden = idle < AFTER - WARNED;
}

window.addEventListener("pageshow", (event) => {
  if (event.persisted) sent = -ANSWERED_WITHIN;
});
localStorage.setItem(KEPT, String(Date.now()));
setInterval(look, 1000);
