// A pad to sign on: what is drawn goes into the field as a PNG, the way a chosen file does (uploads.js sends it).
// Without scripts the field takes a photo of the signed paper.

const INK = 2.5;

function pad(box) {
  const canvas = box.querySelector("canvas");
  const ink = canvas.getContext("2d");
  const input = box.closest("[data-files]").querySelector("input[type=file]");
  let last = null;
  let drawn = 0;

  const at = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((event.clientX - left) * canvas.width) / width, ((event.clientY - top) * canvas.height) / height];
  };
  const clear = () => {
    ink.fillStyle = "#fff";
    ink.fillRect(0, 0, canvas.width, canvas.height);
    drawn = 0;
  };

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = at(event);
    ink.lineWidth = INK;
    ink.lineCap = "round";
    ink.strokeStyle = "#10225e";
    ink.beginPath();
    ink.moveTo(...last);
    ink.lineTo(...next);
    ink.stroke();
    drawn += Math.hypot(next[0] - last[0], next[1] - last[1]);
    last = next;
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => (last = null));

  const done = () => {
    if (drawn < 40) {
      canvas.classList.add("empty"); // a dot is no signature
      return;
    }
    canvas.classList.remove("empty");
    canvas.toBlob((blob) => {
      const carried = new DataTransfer();
      carried.items.add(new File([blob], box.dataset.name, { type: "image/png" }));
      input.files = carried.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      clear();
    }, "image/png");
  };
  box.querySelector("[data-clear]").addEventListener("click", clear);
  box.querySelector("[data-done]").addEventListener("click", done);
  // Who signed and did not say "done" has signed: the form is sent once the signature is there.
  input.form.addEventListener(
    "submit",
    (event) => {
      if (drawn < 40 || box.offsetParent === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      done();
      box.scrollIntoView({ block: "center" });
    },
    true,
  );
  clear();
  box.hidden = false;
}

document.querySelectorAll("[data-files] .pad").forEach(pad);
