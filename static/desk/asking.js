/** Dialogs that ask for something and stay open until the answer is right or given up. */
import { say } from "./strings.js";

/**
 * Opens a dialog and waits.
 *
 * @param {HTMLDialogElement} dialog holds one form; buttons with a `value` are answers of their own
 * @param {object} how
 * @param {Object<string, string>} how.values for the fields, by name
 * @param {string[]} how.hidden fields and parts that are left out this time
 * @param {function(FormData, AbortSignal): Promise<{errors?: Object<string, string[]>, result?: *}>} how.answer
 *   called on each attempt; errors keep the dialog open, a result closes it
 * @returns {Promise<*>} the result, the value of the button pressed, or null when given up
 */
export function ask(dialog, { values = {}, hidden = [], answer }) {
  const form = dialog.querySelector("form");
  form.reset();
  clearErrors(dialog);
  for (const part of dialog.querySelectorAll("[data-field], [data-part]")) {
    part.hidden = hidden.includes(part.dataset.field ?? part.dataset.part);
  }
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value;

  return new Promise((resolve) => {
    const sending = new AbortController();
    let result = null;
    let isBusy = false;

    const onSubmit = async (event) => {
      event.preventDefault();
      const { submitter } = event;
      if (submitter?.value === "cancel") return dialog.close();
      if (isBusy) return;
      if (submitter?.value) {
        result = submitter.value;
        return dialog.close();
      }
      isBusy = true;
      const main = dialog.querySelector(".btn:not([value])");
      const label = main.textContent;
      if (main.dataset.busy) main.textContent = main.dataset.busy;
      const given = await answer(new FormData(form), sending.signal);
      main.textContent = label;
      isBusy = false;
      if (!dialog.open) return;
      clearErrors(dialog);
      if (given.errors) showErrors(dialog, given.errors);
      else {
        result = given.result;
        dialog.close();
      }
    };
    const onClose = () => {
      form.removeEventListener("submit", onSubmit);
      sending.abort();
      resolve(result);
    };
    form.addEventListener("submit", onSubmit);
    dialog.addEventListener("close", onClose, { once: true });
    dialog.showModal();
    form.querySelector("[data-field]:not([hidden]) :is(input, textarea)")?.focus();
  });
}

function clearErrors(dialog) {
  dialog.querySelectorAll(".error").forEach((error) => error.remove());
  for (const field of dialog.querySelectorAll("[data-field]")) {
    field.classList.remove("bad");
    const control = field.querySelector("input, textarea");
    control.removeAttribute("aria-invalid");
    describe(control, field.querySelector(".hint")?.id ?? "");
  }
}

function showErrors(dialog, errors) {
  for (const [name, messages] of Object.entries(errors)) {
    const field = dialog.querySelector(`[data-field="${CSS.escape(name)}"]:not([hidden])`);
    const error = errorParagraph(messages.join(" "));
    if (!field) {
      error.setAttribute("role", "alert");
      dialog.querySelector(".row").before(error);
      continue;
    }
    const control = field.querySelector("input, textarea");
    error.id = `${control.id}_error`;
    field.classList.add("bad");
    (field.querySelector("legend")?.nextElementSibling ?? control).before(error);
    control.setAttribute("aria-invalid", "true");
    describe(control, [field.querySelector(".hint")?.id, error.id].filter(Boolean).join(" "));
  }
  dialog.querySelector("[aria-invalid]")?.focus();
}

function describe(control, ids) {
  if (ids) control.setAttribute("aria-describedby", ids);
  else control.removeAttribute("aria-describedby");
}

/**
 * @param {string} message
 * @returns {HTMLElement} the sentence as it stands beside a field
 */
export function errorParagraph(message) {
  const error = document.createElement("p");
  error.className = "error";
  const prefix = document.createElement("span");
  prefix.className = "vh";
  prefix.textContent = `${say("errorPrefix")} `;
  error.append(prefix, message);
  return error;
}
