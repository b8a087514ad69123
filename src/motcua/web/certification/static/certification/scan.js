// A scanner types a card's line into a name or a number and ends it with Enter: the server reads the line and draws
// the page anew, nothing is written. Without this script the page is read when any button is pressed.
const CARD = /\||\d{12}\D{2,}\d{8}/;

document.addEventListener(
  "keydown",
  (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.ctrlKey || !field.matches?.("[data-scanned]") || !CARD.test(field.value)) return;
    event.preventDefault();
    event.stopPropagation();
    field.form.requestSubmit(field.form.querySelector("button[name=_update]"));
  },
  true,
);
