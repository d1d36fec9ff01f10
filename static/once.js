// A form that is on its way is not sent a second time, however often its button is pressed. Without this file the
// forms work as they are.
const PATIENCE = 10_000; // After that the first try is taken for lost
let sent = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (event.submitter?.formTarget === "_blank") return; // It opens beside this page, which goes nowhere
  if (Date.now() - (sent.get(form) ?? 0) < PATIENCE) event.preventDefault();
  else sent.set(form, Date.now());
});

// Back from the next page the old one may be shown as it was left
addEventListener("pageshow", (event) => {
  if (event.persisted) sent = new WeakMap();
});
