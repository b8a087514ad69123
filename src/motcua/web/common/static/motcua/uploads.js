// Files are sent ahead of their form, one after the other, with progress; without this the form sends them itself.

const fieldsOf = (root) => [...root.querySelectorAll("[data-files]")];
const pending = new Map(); // form -> how many files are on their way
let queue = Promise.resolve();

const tokenOf = (form) => form.elements.csrfmiddlewaretoken?.value ?? "";

/** The part of the page that shows a field: it may have been drawn anew while a file was on its way. */
const shown = (name) => document.querySelector(`[data-files="${CSS.escape(name)}"]`);

function tell(box, text) {
  const line = document.createElement("p");
  line.className = "error";
  line.textContent = text;
  box.querySelector(".told").append(line);
  box.querySelector(".told").setAttribute("role", "alert");
}

function waitingLine(file, box) {
  const line = document.createElement("li");
  line.className = "file";
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `${file.name}: ${box.dataset.sending}`);
  line.append(bar, ` ${file.name}`);
  box.querySelector(".kept").append(line);
  return { line, bar };
}

function send(file, box, bar) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", tokenOf(box.closest("form")));
  body.append("field", box.dataset.files);
  body.append("file", file);
  return new Promise((resolve) => {
    // fetch tells no progress of what it sends.
    const request = new XMLHttpRequest();
    request.open("POST", box.dataset.send);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => resolve(request));
    request.send(body);
  });
}

async function upload(file, name) {
  const box = shown(name);
  if (!box) return;
  if (file.size > Number(box.dataset.largest)) {
    tell(box, `${file.name}: ${box.dataset.tooLarge}`);
    return;
  }
  const { line, bar } = waitingLine(file, box);
  const answer = await send(file, box, bar);
  line.remove();
  const now = shown(name);
  if (!now) return;
  if (answer.status === 200 && new URL(answer.responseURL).pathname === box.dataset.send) {
    const made = document.createElement("template");
    made.innerHTML = answer.responseText;
    const kept = made.content.querySelector("li");
    if (now.querySelector(`[data-digest="${kept.dataset.digest}"]`)) tell(now, `${file.name}: ${now.dataset.twice}`);
    else add(now, kept);
  } else {
    tell(now, `${file.name}: ${answer.status === 422 ? answer.responseText : now.dataset.failed}`);
  }
  // What was told pushes the button down, perhaps out of sight of who is on it.
  if (now.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" });
}

function add(box, line) {
  const list = box.querySelector(".kept");
  if ("single" in box.dataset) list.replaceChildren();
  list.append(line);
  added.add(line);
}

function take(files, box) {
  const { form } = box.querySelector("input[type=file]");
  box.querySelector(".told").replaceChildren();
  for (const file of files) {
    pending.set(form, (pending.get(form) ?? 0) + 1);
    queue = queue.then(() => upload(file, box.dataset.files)).finally(() => pending.set(form, pending.get(form) - 1));
  }
}

document.addEventListener("change", (event) => {
  const box = event.target.closest?.("[data-files]");
  if (!box) return;
  if (event.target.type === "file") {
    const files = [...event.target.files];
    event.target.value = ""; // sent once, and not again with the form
    take(files, box);
  } else if (event.target.matches("[name$=_drop]")) {
    const line = event.target.closest("li");
    const body = new FormData();
    body.append("csrfmiddlewaretoken", tokenOf(event.target.form));
    fetch(`${box.dataset.send}/${line.dataset.upload}/discard`, { method: "POST", body });
    line.remove();
    box.querySelector("input[type=file]").focus();
  }
});

// What is dragged onto the line of a field goes into it; elsewhere the browser must not leave the page for it.
const dropped = (event) => event.target.closest?.("[data-drop]")?.querySelector("[data-files]");
const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

document.addEventListener("dragover", (event) => {
  if (!hasFiles(event) || !document.querySelector("[data-files]")) return;
  event.preventDefault();
  const line = event.target.closest?.("[data-drop]");
  for (const other of document.querySelectorAll("[data-drop].over")) if (other !== line) other.classList.remove("over");
  line?.classList.add("over");
  event.dataTransfer.dropEffect = line ? "copy" : "none";
});
for (const name of ["drop", "dragend", "dragleave"]) {
  document.addEventListener(name, (event) => {
    if (name === "dragleave" && event.relatedTarget) return;
    document.querySelectorAll("[data-drop].over").forEach((line) => line.classList.remove("over"));
  });
}
document.addEventListener("drop", (event) => {
  if (!hasFiles(event) || !document.querySelector("[data-files]")) return;
  event.preventDefault();
  const box = dropped(event);
  if (box) take([...event.dataTransfer.files], box);
});

// A form waits for its files. First in line, so that nothing takes the form for sent.
document.addEventListener(
  "submit",
  (event) => {
    if (!pending.get(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const box = event.target.querySelector("[data-files]");
    tell(box, box.dataset.wait);
    box.scrollIntoView({ block: "center" });
  },
  true,
);

// Its files are gone ahead: what is left is typed text, which is read faster when it is sent plainly. A file that is
// no such field, like a list of people, goes with the form.
const goesAlong = (input) => !input.closest("[data-files]") && input.files.length > 0;
function plainly(root) {
  for (const form of new Set(fieldsOf(root).map((box) => box.closest("form")))) {
    const carries = [...form.querySelectorAll("input[type=file]")].some(goesAlong);
    form.enctype = carries ? "multipart/form-data" : "application/x-www-form-urlencoded";
  }
}
plainly(document);
document.addEventListener("change", ({ target }) => {
  if (target.type === "file") plainly(target.form);
});

// A part of the page was drawn anew from what it held a moment before: files that came since are put back.
const added = new Set();
const before = new Map();
document.addEventListener("htmx:beforeRequest", () => added.clear());
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  for (const line of added) {
    const box = line.closest("[data-files]");
    if (box && detail.target.contains(box)) before.set(line, box.dataset.files);
  }
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [line, name] of before) {
    const box = shown(name);
    if (box && !box.querySelector(`[data-upload="${line.dataset.upload}"]`)) box.querySelector(".kept").append(line);
  }
  before.clear();
  plainly(document);
});
