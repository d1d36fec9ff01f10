/** Bringing a Word file into the text: by its button, or dropped anywhere on the writing page. */
import { ask } from "./asking.js";
import { say } from "./strings.js";

const KINDS = /\.(docx?|docm|dotx|odt|rtf|pdf)$/i;

/**
 * @param {object} parts
 * @param {HTMLFormElement} parts.form the writing form, for its token and the revision it stands on
 * @param {function(): Promise<boolean>} parts.saveNow brings what is typed to the server first
 */
export function takeWordFiles({ form, saveNow }) {
  const link = document.querySelector("a[data-word]");
  const dialog = document.getElementById("writing-word");
  if (!link || !dialog) return;
  const input = dialog.querySelector("input[type=file]");
  const way = dialog.querySelector("[data-field=way]");

  link.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  // Before the text's own editor sees it, which would take a picture or nothing.
  document.addEventListener("dragover", (event) => {
    if ([...event.dataTransfer.items].some(({ kind, type }) => kind === "file" && !/^image\//.test(type))) {
      event.preventDefault();
    }
  });
  document.addEventListener("drop", (event) => {
    const file = [...event.dataTransfer.files].find(({ name }) => KINDS.test(name));
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    open(file);
  }, { capture: true });

  async function open(dropped = null) {
    if (dialog.open) return;
    const asked = ask(dialog, { hidden: hasText() ? [] : ["way"], answer: (data, signal) => send(data, signal, dropped) });
    if (dropped) hold(dropped);
    const address = await asked;
    if (address) location.assign(address);
    else link.focus();
  }

  const hasText = () => Boolean(form.querySelector("[data-prose]")?.form?.elements.body?.value.trim());

  async function send(data, signal, dropped) {
    // Browsers that let no script fill a file field still have the file that was dropped.
    if (dropped && !data.get("file")?.size) data.set("file", dropped);
    if (!data.get("file")?.size) return { errors: { file: [say("wordFile")] } };
    if (!way.hidden && !data.get("way")) return { errors: { way: [say("wordWay")] } };
    if (!(await saveNow())) return { errors: { all: [say("wordUnsaved")] } };
    data.set("based_on", form.elements.based_on.value);
    try {
      const response = await fetch(link.href, {
        method: "POST",
        body: data,
        signal,
        credentials: "same-origin",
        redirect: "manual",
        headers: {
          Accept: "application/json",
          "X-Requested-With": "fetch",
          "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
        },
      });
      if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) {
        return { errors: { all: [say("pictureSignedOut")] } };
      }
      if (response.status === 413) return { errors: { file: [say("wordTooLarge")] } };
      const answer = await response.json();
      if (response.status === 201) return { result: answer.address };
      if (response.status === 409 && answer.compare) return { result: answer.compare };
      if (response.status === 409) return { errors: { all: [answer.message] } };
      return answer.errors ? answer : { errors: { all: [say("wordFailed")] } };
    } catch {
      return { errors: { all: [say("wordFailed")] } };
    }
  }

  function hold(file) {
    try {
      const transfer = new DataTransfer();
      transfer.items.add(file);
      input.files = transfer.files;
    } catch {
      // Then `send` uses the file itself.
    }
  }
}
