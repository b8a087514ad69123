// A form's topic: what a condition shows is shown at once. The server says the same with its next answer.
import { evaluate, truth } from "./eform_rules.js";

function put(into, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  for (const key of keys) into = into[key] ??= {};
  into[last] = value;
}

const NUMBERS = ["number", "money", "year"];

// What stands in a field, in the form the server's rules see it; null where it is not answered, or not yet whole.
function answer(box) {
  const controls = [...box.querySelectorAll("input:not([type=hidden]):not([type=file]), select, textarea")];
  const { type } = box.dataset;
  const typed = controls.map((each) => each.value.trim());
  const ticked = controls.filter((each) => each.checked).map((each) => each.value);
  if (type === "radio") return ticked[0] ?? null;
  if (type === "checkboxes") return ticked.length ? ticked : null;
  if (type === "undertaking") return ticked.length ? true : null;
  if (type === "date") {
    const [day, month, year] = typed;
    return /^\d{4}$/.test(year) && day && month ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : null;
  }
  if (type === "address") return { province: typed[0] || null, commune: typed[1] || null, detail: typed[2] || null };
  if (NUMBERS.includes(type)) return /^\d[\d., ]*$/.test(typed[0]) ? figure(type, typed[0]) : null;
  return typed[0] || null;
}

function figure(type, typed) {
  return Number(type === "money" ? typed.replace(/[., ]/g, "") : typed.replace(",", "."));
}

function within(answers, path) {
  const keys = path.split(".").slice(0, -1);
  return keys.length ? keys.reduce((found, key) => found?.[key] ?? null, answers) : null;
}

// A figure as the server writes it: 15.000.000, 2,5.
function shown(value) {
  if (typeof value !== "number") return value ?? "";
  const [whole, part] = String(value).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ".") + (part ? `,${part}` : "");
}

// Fields in their order: a rule reads only what stands before it, and what is hidden has no answer.
function look(root) {
  const answers = JSON.parse(root.dataset.beyond);
  const seen = [];
  for (const box of root.querySelectorAll("[data-path]")) {
    const { path } = box.dataset;
    const above = box.parentElement.closest("[data-path]");
    const item = within(answers, path);
    if (box.dataset.if) {
      box.hidden = !truth(evaluate(JSON.parse(box.dataset.if), answers, item));
    }
    if (box.hidden || above?.closest("[hidden]")) continue;
    if (box.dataset.if) seen.push(path);
    const computed = box.dataset.type === "computed" && box.querySelector("[data-computed]");
    if (["info", "fixed"].includes(box.dataset.type)) continue;
    if (computed) {
      const value = evaluate(JSON.parse(computed.dataset.computed), answers, item);
      computed.textContent = shown(value);
      if (value !== null) put(answers, path, value);
    } else if (["person", "group"].includes(box.dataset.type)) {
      put(answers, path, within(answers, `${path}.`) ?? {});
    } else {
      const value = answer(box);
      if (value !== null) put(answers, path, value);
    }
  }
  root.querySelector("[name=_seen]").value = seen.sort().join(" ");
}

function begin() {
  document.querySelectorAll("[data-eform]").forEach(look);
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const root = event.target.closest("[data-eform]");
    if (root) look(root);
  });
}
document.addEventListener("htmx:load", begin); // a topic that was drawn anew
begin();
