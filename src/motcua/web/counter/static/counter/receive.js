// Comfort of the receiving screen; the page works without it.

// The session ended while the page was open: the server kept what was typed and asks to sign in, which is a page
// of its own, not a part of this one. Coming back here after signing in finds the form filled again.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = new URL(event.detail.xhr.responseURL || location.href, location.href);
  if (answered.pathname === location.pathname) return;
  event.detail.shouldSwap = false;
  location.assign(answered);
});

// A part of the page is drawn anew while the officer types on: what was changed since the request went out is put
// back into the new part, and the focus with it.
// Files are uploads.js's to keep: many references share a name.
const KEPT = "input[type=hidden], input[type=file], [data-aside]";
const controls = (part) =>
  [...part.querySelectorAll("input[name], select[name], textarea[name]")].filter((control) => !control.matches(KEPT));
const ticks = (control) => control.type === "radio" || control.type === "checkbox";
const nameOf = (control) => control.name + (ticks(control) ? `=${control.value}` : "");
const stateOf = (control) => (ticks(control) ? control.checked : control.value);
const sent = new WeakMap();
let since = [];

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  sent.set(detail.xhr, new Map(controls(detail.target).map((control) => [nameOf(control), stateOf(control)])));
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const before = sent.get(detail.xhr) ?? new Map();
  since = controls(detail.target)
    .filter((control) => before.has(nameOf(control)) && before.get(nameOf(control)) !== stateOf(control))
    .map((control) => [nameOf(control), stateOf(control)]);
});
document.addEventListener("htmx:afterSwap", () => {
  const changed = new Map(since);
  since = [];
  for (const control of controls(document)) {
    if (!changed.has(nameOf(control))) continue;
    if (ticks(control)) control.checked = changed.get(nameOf(control));
    else control.value = changed.get(nameOf(control));
  }
});

// keys.js serves the pages with the counter's form; before there is one, F3 is the only key that leads anywhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "F3" || document.querySelector("form[data-keys]")) return;
  event.preventDefault();
  document.getElementById("id_q")?.select();
});
