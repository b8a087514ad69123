// A page about the person who stood here before must not come back by the Back button: it is asked for anew.

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
