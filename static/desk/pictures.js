/** The dialog of the tool Picture: sends a file, then puts the figure into the text. */
import { ask } from "./asking.js";
import { placeBlock } from "./nodes.js";
import { say } from "./strings.js";

/**
 * @param {object} editor
 * @param {HTMLFormElement} form the writing form, for the address and the token
 * @param {File[]} files dropped or pasted; each is asked about in turn
 */
export async function addPictures(editor, form, files = []) {
  for (const file of files.length ? files : [null]) await addPicture(editor, form, file);
}

/**
 * Changes the description of the picture at the cursor, or takes the picture out.
 * @param {object} editor
 */
export async function describePicture(editor) {
  const given = await ask(document.getElementById("writing-picture"), {
    values: { alt: editor.getAttributes("figure").alt ?? "" },
    hidden: ["file", "preview", "caption", "credit"],
    async answer(data) {
      const alt = data.get("alt").trim();
      return alt ? { result: { alt } } : { errors: { alt: [say("pictureAlt")] } };
    },
  });
  const chain = editor.chain().focus();
  if (given === "remove") removeFigure(chain).run();
  else if (given) chain.updateAttributes("figure", given).run();
  else chain.run();
}

async function addPicture(editor, form, file) {
  const dialog = document.getElementById("writing-picture");
  const input = dialog.querySelector("input[type=file]");
  const forget = previewIn(dialog, input);
  const opened = ask(dialog, {
    hidden: ["remove"],
    answer: (data, signal) => send(form, data, file, signal),
  });
  if (file) hold(input, file);
  const picture = await opened;
  forget();
  editor.commands.focus();
  if (!picture) return;
  const { src, width, height, alt } = picture;
  const words = captionText(picture);
  const { figure, figcaption } = editor.schema.nodes;
  const caption = figcaption.create(null, words ? editor.schema.text(words) : null);
  placeBlock(editor, figure.create({ src, alt, width, height }, caption), "after");
}

async function send(form, data, dropped, signal) {
  // Browsers that let no script fill a file field still have the file that was dropped.
  if (dropped && !data.get("file")?.size) data.set("file", dropped);
  const errors = {};
  if (!data.get("file")?.size) errors.file = [say("pictureFile")];
  if (!data.get("alt").trim()) errors.alt = [say("pictureAlt")];
  if (Object.keys(errors).length) return { errors };
  let response;
  try {
    response = await fetch(form.dataset.pictures, {
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
    if (response.status === 201) return { result: await response.json() };
    if (response.status === 422) return await response.json();
  } catch {
    return { errors: { all: [say("pictureFailed")] } };
  }
  const isSignedOut = response.type === "opaqueredirect" || [401, 403].includes(response.status);
  return { errors: { all: [say(isSignedOut ? "pictureSignedOut" : "pictureFailed")] } };
}

function hold(input, file) {
  try {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.files = transfer.files;
    input.dispatchEvent(new Event("change"));
  } catch {
    // Then `send` uses the file itself.
  }
}

function captionText({ caption, credit }) {
  const words = (caption ?? "").trim();
  if (!credit?.trim()) return words;
  const stop = !words || /[.!?…”’)]$/.test(words) ? "" : ".";
  return `${words}${stop} ${say("credit", { credit: credit.trim() })}`.trim();
}

function previewIn(dialog, input) {
  const box = dialog.querySelector("[data-preview]");
  let address = "";
  const clear = () => {
    box.replaceChildren();
    if (address) URL.revokeObjectURL(address);
    address = "";
  };
  const show = () => {
    clear();
    const [file] = input.files;
    if (!file?.type.startsWith("image/")) return;
    const img = new Image();
    img.alt = "";
    img.src = address = URL.createObjectURL(file);
    box.append(img);
  };
  clear();
  input.addEventListener("change", show);
  return () => {
    input.removeEventListener("change", show);
    clear();
  };
}

function removeFigure(chain) {
  return chain.command(({ state, tr, dispatch }) => {
    const { selection } = state;
    const isWhole = selection.node?.type.name === "figure";
    const from = isWhole ? selection.from : selection.$from.before(-1);
    if (dispatch) tr.delete(from, isWhole ? selection.to : selection.$from.after(-1));
    return true;
  });
}
