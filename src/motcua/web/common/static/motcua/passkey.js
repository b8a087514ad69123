// Passkeys. Loaded by the pages that have a <form data-passkey="get|create" data-options="…" hidden>; without a script,
// or in a browser without passkeys, the form stays hidden and the other ways remain.

const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** The options as the browser wants them: texts back to bytes. */
function asked(options) {
  const listed = (credentials) => credentials?.map((each) => ({ ...each, id: decode(each.id) }));
  const made = { ...options, challenge: decode(options.challenge) };
  if (options.user) made.user = { ...options.user, id: decode(options.user.id) };
  if (options.excludeCredentials) made.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) made.allowCredentials = listed(options.allowCredentials);
  return made;
}

/** The browser's answer as text. */
function answer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = encode(credential.response[part]);
  }
  const id = encode(credential.rawId);
  return JSON.stringify({ id, rawId: id, type: credential.type, response, clientExtensionResults: {} });
}

async function use(form) {
  const publicKey = asked(JSON.parse(form.dataset.options));
  const problem = form.querySelector("[data-failed]");
  problem.hidden = true;
  try {
    const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = answer(made);
    form.requestSubmit();
  } catch {
    // Turned down, timed out, or already registered: the browser has said why.
    problem.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      use(form);
    });
  }
}
