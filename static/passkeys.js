// Passkeys: the browser is asked for one, and what it says is sent with the form. Without this file the other ways
// to sign in are there, and the buttons for this one are not (reader.js shows them).
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent).publicKey;
  const answer = await fetch(form.dataset.optionsAt, {
    credentials: "same-origin",
    headers: { Accept: "application/json" },
  });
  return (await answer.json()).request_options.publicKey;
}

async function ask(form) {
  const given = await optionsOf(form);
  const publicKey = { ...given, challenge: bytes(given.challenge) };
  if (form.dataset.passkey === "create") {
    publicKey.user = { ...given.user, id: bytes(given.user.id) };
    publicKey.excludeCredentials = known(given.excludeCredentials);
    // It has to be found without an address, and to ask who uses it: then it is enough by itself
    publicKey.authenticatorSelection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    return navigator.credentials.create({ publicKey });
  }
  publicKey.allowCredentials = known(given.allowCredentials);
  return navigator.credentials.get({ publicKey });
}

function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = words(credential.response[name]);
  return {
    id: credential.id,
    rawId: credential.id,
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  const said = form.querySelector("[data-passkey-said]");
  const say = (sentence) => {
    said.textContent = sentence;
    said.hidden = !sentence;
  };
  form.addEventListener("submit", async (event) => {
    const field = form.elements.credential;
    if (field.value) return;
    event.preventDefault();
    say("");
    if (!window.PublicKeyCredential) {
      say(said.dataset.unable);
      return;
    }
    try {
      field.value = JSON.stringify(told(await ask(form)));
    } catch (error) {
      say(error.name === "InvalidStateError" ? said.dataset.there : said.dataset.none);
      return;
    }
    form.requestSubmit();
  });
}

// Back from the next page, what was sent is of no use any more
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-passkey]")) form.elements.credential.value = "";
});
