// A list that is being received goes on by itself; without a script the button does.
document.querySelector("form[data-go-on]")?.requestSubmit();
