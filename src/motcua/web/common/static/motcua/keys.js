// The counter's keyboard. Loaded by the pages that have a <form data-keys>, or a key beside a button.
// [data-key="F2"]: that key goes to the field, presses the button or opens the details.
// [data-aside]: Enter passes it by, Tab does not.
// Ctrl+Enter submits; Enter goes on to the next field (a scanner ends its line with Enter); Esc clears the field.

const FIELDS = "input:not([type=hidden]):not([data-aside]):not(:disabled), select:not(:disabled), textarea:not(:disabled), button:not([data-aside]):not(:disabled)";

const visible = (element) => element.getClientRects().length > 0;

function goTo(target) {
  if (target.matches("button, a, summary")) {
    target.click();
    return;
  }
  if (target.matches("details")) {
    target.open = !target.open;
    target.querySelector("summary").focus();
    return;
  }
  const field = target.matches(FIELDS) ? target : target.querySelector(FIELDS);
  field?.focus();
  if (field?.matches("input[type=text], input[type=search], input[type=tel], input:not([type])")) field.select();
}

/** Radios of one name are one stop, as they are for the Tab key. */
function nextField(form, from) {
  const stops = [...form.querySelectorAll(FIELDS)].filter(visible);
  const rest = stops.slice(stops.indexOf(from) + 1);
  return rest.find((field) => {
    if (field.type !== "radio") return true;
    if (field.name === from.name) return false;
    const checked = form.querySelector(`input[type=radio][name="${CSS.escape(field.name)}"]:checked`);
    return !checked || checked === field;
  });
}

function onEnter(event, form) {
  const field = event.target;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[data-primary]"));
    return;
  }
  const leaves = !field.matches("input, select") || field.matches("[type=submit], [type=button], [type=file]");
  if (leaves || field.form !== form) return;
  event.preventDefault();
  nextField(form, field)?.focus();
}

function onEscape(event) {
  const field = event.target;
  if (!field.matches("input:not([type=radio]):not([type=checkbox]):not([type=file]), textarea")) return;
  if (field.readOnly || field.value === "") return;
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  // An input method that is composing a Vietnamese letter, and an open list of suggestions, come first.
  if (event.isComposing || event.defaultPrevented || event.altKey) return;
  const form = event.target.closest?.("form[data-keys]") ?? document.querySelector("form[data-keys]");
  if (form && event.key === "Enter") onEnter(event, form);
  else if (form && event.key === "Escape") onEscape(event);
  else if (/^F\d+$/.test(event.key) && !event.ctrlKey && !event.shiftKey) {
    const target = document.querySelector(`[data-key="${event.key}"]`);
    if (target) {
      event.preventDefault();
      goTo(target);
    }
  }
});
