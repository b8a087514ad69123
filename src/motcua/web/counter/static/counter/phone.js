// Files that a telephone sends: the screen asks every two seconds, and draws its papers anew when more have come.

const EVERY = 2000;

async function look() {
  const panel = document.querySelector("[data-phone]");
  if (!panel) return;
  const answer = await fetch(panel.dataset.phone, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok || Number(await answer.text()) <= Number(panel.dataset.count)) return;
  panel.querySelector("[data-phone-came]")?.dispatchEvent(new Event("change", { bubbles: true }));
}

setInterval(look, EVERY);
