// Comfort of the receiving screen; the page works without it.

// The session ended while the page was open: the server kept what was typed and asks to sign in, which is a page
// of its own, not a part of this one. Coming back here after signing in finds the form filled again.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = new URL(event.detail.xhr.responseURL || location.href, location.href);
  if (answered.pathname === location.pathname) return;
  event.detail.shouldSwap = false;
  location.assign(answered);
});

// keys.js serves the pages with the counter's form; before there is one, F3 is the only key that leads anywhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "F3" || document.querySelector("form[data-keys]")) return;
  event.preventDefault();
  document.getElementById("id_q")?.select();
});
