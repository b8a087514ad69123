// What a cashier would add up in the head: the change to give back, the notes counted so far. The server counts again.
const money = (amount) =>
  document.documentElement.lang === "vi"
    ? `${amount.toLocaleString("vi-VN")} đồng`
    : `VND ${amount.toLocaleString("en-US")}`;
const whole = (text) => {
  const bare = text.replace(/[.,\s]/g, "");
  return /^\d{1,12}$/.test(bare) ? Number(bare) : 0;
};

for (const line of document.querySelectorAll("[data-change]")) {
  const given = line.closest("form").elements.given;
  const show = () => {
    const over = whole(given.value) - Number(line.dataset.change);
    line.hidden = !given.value.trim();
    line.textContent = `${over < 0 ? line.dataset.short : line.dataset.back}: ${money(Math.abs(over))}`;
  };
  given.addEventListener("input", show);
  show();
}

for (const line of document.querySelectorAll("[data-count]")) {
  const notes = [...line.closest("form").querySelectorAll("[name^=note_]")];
  const show = () => {
    const sum = notes.reduce((all, note) => all + whole(note.value) * Number(note.name.slice("note_".length)), 0);
    const off = sum - Number(line.dataset.count);
    line.hidden = !notes.some((note) => note.value.trim());
    line.textContent = `${line.dataset.counted}: ${money(sum)}. ${line.dataset.off}: ${off < 0 ? "−" : ""}${money(Math.abs(off))}`;
  };
  for (const note of notes) note.addEventListener("input", show);
  show();
}
