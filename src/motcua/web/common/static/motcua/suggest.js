// Suggestions under a search field. Without a script the field is part of a plain GET form.
// <div class="suggest"><input data-suggest="/procedures/suggest" name="q"></div>
// The server answers /procedures/suggest?q=… with common/suggestions.html; it does the search without accents.

const WAIT = 120;
const FEWEST = 2;

function enhance(input) {
  const place = input.closest(".suggest");
  const list = document.createElement("div");
  const status = document.createElement("div");
  status.className = "vh";
  status.setAttribute("role", "status");
  list.id = `${input.id || input.name}_suggestions`;
  place.append(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";

  let timer = 0;
  let asked = new AbortController();
  let at = -1;
  let fresh = false; // whether the list answers what stands in the field now

  const options = () => [...list.querySelectorAll("[role=option]")];

  function close() {
    list.replaceChildren();
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    const all = options();
    at = all.length ? (index + all.length) % all.length : -1;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return;
    input.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  }

  /** What Enter takes: the marked option, else the first page found for just these words. */
  function taken() {
    return at < 0 && fresh && options()[0]?.dataset.href ? 0 : at;
  }

  function choose(option) {
    const { href, value, target } = option.dataset;
    close();
    if (href) {
      location.assign(href);
      return;
    }
    input.value = option.dataset.label ?? option.textContent.trim();
    const holder = target && document.getElementById(target);
    if (holder) holder.value = value;
    input.dispatchEvent(new CustomEvent("chosen", { bubbles: true, detail: { value } }));
  }

  async function ask() {
    asked.abort();
    const query = input.value.normalize("NFC").trim();
    if (query.length < FEWEST) {
      close();
      return;
    }
    asked = new AbortController();
    const url = new URL(input.dataset.suggest, location.href);
    url.searchParams.set("q", query);
    try {
      const answer = await fetch(url, { signal: asked.signal, headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(String(answer.status));
      list.innerHTML = await answer.text(); // our own server's template, escaped there
    } catch (error) {
      if (error.name !== "AbortError") close(); // the plain form still works
      return;
    }
    at = -1;
    fresh = true;
    input.setAttribute("aria-expanded", String(options().length > 0));
    status.textContent = list.querySelector("[data-status]")?.dataset.status ?? "";
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    fresh = false;
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !options().length) return;
    const act = {
      ArrowDown: () => mark(at + 1),
      ArrowUp: () => mark(at < 0 ? -1 : at - 1),
      Enter: () => choose(options()[taken()]),
      Escape: close,
    }[event.key];
    if (!act || (event.key === "Enter" && (taken() < 0 || event.ctrlKey))) return;
    event.preventDefault();
    act();
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault(); // the field keeps the focus
    choose(option);
  });
  input.addEventListener("blur", () => setTimeout(close, 100));
}

document.querySelectorAll("input[data-suggest]").forEach(enhance);
document.addEventListener("htmx:afterSwap", (event) => {
  event.target.querySelectorAll("input[data-suggest]:not([role=combobox])").forEach(enhance);
});
