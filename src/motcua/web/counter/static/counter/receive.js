// Comfort of the receiving screen; the page works without it.

// The session ended while the page was open: the server kept what was typed and asks to sign in, which is a page
// of its own, not a part of this one. Coming back here after signing in finds the form filled again.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = new URL(event.detail.xhr.responseURL || location.href, location.href);
  const asked = new URL(event.detail.pathInfo?.requestPath ?? location.href, location.href);
  if (answered.pathname === asked.pathname) return;
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

// Somebody found by name or number: one key fills the form.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "people") document.querySelector("[data-first]")?.focus();
});

// What the register has given of somebody needs no tick: the papers are drawn anew.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id !== "people") return;
  document.querySelector("#people [data-answered]")?.dispatchEvent(new Event("change", { bubbles: true }));
});

// A scanner types wherever the cursor stands. Its line ends with Enter: one that holds a card goes to the scan field
// of that person, and what stood in the field before comes back.
const CARD = /\d{12}\|?\d{0,9}\|?[^\d|]{2,}\|?\d{8}/;
let stood = "";
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("#reception input[type=text], #reception input[type=tel]")) stood = target.value;
});
document.addEventListener(
  "keydown",
  (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.ctrlKey || !field.matches?.("#reception input")) return;
    if (field.matches("[data-people]") || !CARD.test(field.value)) return;
    const scan = (field.closest("fieldset.set")?.querySelector("[data-people]")) ?? document.querySelector("#people [id$=-scan]");
    if (!scan) return;
    event.preventDefault();
    event.stopPropagation();
    scan.value = field.value;
    field.value = stood;
    scan.dispatchEvent(new Event("change", { bubbles: true }));
  },
  true,
);

// After a card: on to what it left open, else to the first question, else to the papers.
let carded = false;
document.addEventListener("change", ({ target }) => {
  if (target.matches("#people [data-people]")) carded = CARD.test(target.value);
}, true);
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id !== "people" || !carded) return;
  carded = false;
  const people = [...document.querySelectorAll("#people input:not([type=hidden])")];
  const open = people.find((field) => field.matches("[aria-invalid=true]") || (/-(name|number)$/.test(field.name) && !field.value));
  (open ?? document.querySelector("#asked .questions input") ?? document.querySelector("#papers input"))?.focus();
});

// Where the variant is chosen, a scanner meets radios: what it types goes to the field for it.
document.querySelector("#variant")?.addEventListener("keydown", ({ key, target, ctrlKey, altKey }) => {
  if (target.type === "radio" && key.length === 1 && key !== " " && !ctrlKey && !altKey) {
    document.querySelector("#variant [id$=-scan]").focus();
  }
});

// The list's file goes with the form; its picker says which one was chosen.
document.addEventListener("change", ({ target }) => {
  const said = target.dataset.named && document.getElementById(target.dataset.named);
  if (said) said.textContent = target.files[0]?.name ?? "";
});

// What is typed is saved within a second: a closed browser or a power cut loses no more than the last word.
const SAVE_AFTER = 1000;
const MIRROR_AFTER = 300;
const marker = document.querySelector("#reception [data-keep]");
let saving = 0;

async function save() {
  saving = 0;
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(marker.form)) if (typeof value === "string") fields.append(name, value);
  try {
    // With a second screen the page itself is asked: it knows fees and dates, and lets the citizen see them.
    const mirrored = marker.form.elements.screen?.value;
    fields.append(mirrored ? "_update" : "_keep", "1");
    const answer = await fetch(marker.form.action, {
      method: "POST",
      body: fields,
      headers: { "HX-Request": "true", "HX-Target": "outcome" },
      redirect: "manual",
      keepalive: true,
    });
    // Reloaded, the page comes back as it was.
    if (answer.ok) history.replaceState(null, "", `?intake=${marker.value}`);
  } catch {
    later();
  }
}
function later() {
  if (!saving) saving = setTimeout(save, marker.form.elements.screen?.value ? MIRROR_AFTER : SAVE_AFTER);
}
if (marker) {
  for (const name of ["input", "change"]) marker.form.addEventListener(name, later);
  marker.form.addEventListener("submit", () => {
    clearTimeout(saving);
    saving = 0;
  });
  if (marker.form.elements.screen?.value) later();
  addEventListener("pagehide", () => saving && save());
}
