// The picture of a step table follows what is typed: the server draws it with what is not kept yet. What cannot be
// drawn leaves the last picture, with a word why. Without scripts a button asks for it.
const WAIT = 300;
const drawing = document.querySelector("[data-redraw]");
const form = document.querySelector("form[data-keys]");
const status = drawing.querySelector("[role=status]");
let asked = new AbortController();
let timer = 0;

async function draw() {
  asked.abort();
  asked = new AbortController();
  let answer, told;
  try {
    answer = await fetch(drawing.dataset.redraw, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      redirect: "manual",
      signal: asked.signal,
    });
    told = await answer.text();
  } catch {
    return; // overtaken, or no connection: the picture stays, keeping says what is wrong
  }
  const kind = answer.headers.get("Content-Type") ?? "";
  if (answer.ok && kind.startsWith("image/svg")) {
    show(told);
    status.textContent = "";
  } else if (kind.startsWith("text/plain")) {
    status.textContent = told;
  }
}

function show(svg) {
  let image = drawing.querySelector("img");
  if (!image) {
    image = new Image();
    image.className = "drawn";
    image.alt = drawing.dataset.alt;
    status.after(image);
  }
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

form.querySelector("[data-redraw-by-hand]").hidden = true;
for (const kind of ["input", "change"]) {
  form.addEventListener(kind, () => {
    clearTimeout(timer);
    timer = setTimeout(draw, WAIT);
  });
}
