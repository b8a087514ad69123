// A hand-over shows what fits the way that is chosen: data-ways of a control names the ways it belongs to, data-usual
// those for which it is the usual one, and the recipient's field bears in data-name-<way> whose name would stand there. The server refuses what does not fit.
const form = document.querySelector("[data-ways]")?.closest("form");
const ways = form ? [...form.querySelectorAll("input[name=way]")] : [];
const chosen = () => ways.find((one) => one.checked)?.value;
const box = (control) => control.closest(".choice") ?? control.closest(".field");
const fits = (control, way) => control.dataset.ways.split(" ").includes(way);

// What was typed or chosen stays in sight even where it does not fit: it is what the server speaks of.
function show() {
  const way = chosen();
  if (!way) return;
  for (const control of form.querySelectorAll("[data-ways]")) {
    const told = control.type === "radio" ? control.checked : control.value;
    box(control).hidden = !told && !fits(control, way);
  }
}

function choose() {
  const way = chosen();
  const radios = [...form.querySelectorAll("input[type=radio][data-ways]")];
  for (const name of new Set(radios.map((one) => one.name))) {
    const group = radios.filter((one) => one.name === name);
    if (!group.some((one) => one.checked && fits(one, way))) {
      const usual = group.find((one) => one.dataset.usual.split(" ").includes(way));
      if (usual) usual.checked = true;
    }
  }
  const recipient = form.querySelector("input[name=recipient]");
  const names = ["", recipient.dataset.nameInPerson, recipient.dataset.namePost];
  if (names.includes(recipient.value)) {
    recipient.value = { in_person: names[1], post: names[2] }[way] ?? "";
  }
  show();
}

for (const one of ways) one.addEventListener("change", choose);
if (form) show();
