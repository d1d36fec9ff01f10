/** A textarea with formatted text, turned into the surface one writes on. */
import { Editor, pm } from "../django_prose_editor/editor.js";
import { linkAddress } from "./addresses.js";
import { cleanPasted } from "./pasting.js";
import { say } from "./strings.js";
import { fromHTML, toHTML, vocabulary } from "./vocabulary.js";

const LIST_RULES = ["bulletList", "orderedList"];

/**
 * @typedef {object} Surface
 * @property {object} editor
 * @property {string} name the textarea's name
 * @property {function(): string} html the text as it is sent; also puts it into the textarea
 * @property {function(string): void} replace puts another text in, without calling `onChange`
 * @property {function(string): string} canonical any HTML as this surface would write it
 */

/**
 * @param {HTMLTextAreaElement} textarea stays in the form, hidden, and is what is submitted
 * @param {{onChange: function(): void, onLink: function(object): void,
 *   onPictures: function(Surface, File[]): void, onPictureLeftOut: function(): void}} on
 * @returns {Surface}
 */
export function openSurface(textarea, on) {
  const extensions = vocabulary(say("captionHint"));
  const place = document.createElement("div");
  textarea.after(place);
  let isTouched = false;

  const editor = new Editor({
    element: place,
    injectCSS: false,
    extensions,
    content: fromHTML(textarea.value, extensions).toJSON(),
    // Word turns “- ” and “1. ” into lists, so people expect it; “**” and “##” they do not.
    enableInputRules: LIST_RULES,
    enablePasteRules: false,
    editorProps: {
      attributes: attributesFor(textarea),
      // Room for the two bars that stay on top while one scrolls.
      scrollMargin: { top: 200, right: 0, bottom: 40, left: 0 },
      scrollThreshold: { top: 200, right: 0, bottom: 40, left: 0 },
      transformPastedHTML(html) {
        const { html: cleaned, picturesLeftOut } = cleanPasted(html);
        if (picturesLeftOut) on.onPictureLeftOut();
        return cleaned;
      },
      handlePaste: (view, event) =>
        takePictures(event.clipboardData) || linkSelection(event.clipboardData),
      handleDrop: (view, event, slice, isMove) => !isMove && takePictures(event.dataTransfer, event),
      handleKeyDown: pm.keymap.keydownHandler({
        "Mod-k": () => {
          on.onLink(editor);
          return true;
        },
      }),
      handleDOMEvents: { keydown: leaveByTab() },
    },
    onUpdate() {
      isTouched = true;
      on.onChange();
    },
  });

  const surface = {
    editor,
    name: textarea.name,
    html() {
      // Reading must not alter an old text that nobody has changed.
      if (isTouched) textarea.value = toHTML(editor.state.doc);
      return textarea.value;
    },
    replace(html) {
      editor.commands.setContent(fromHTML(html, editor.schema).toJSON(), { emitUpdate: false });
      isTouched = true;
    },
    canonical: (html) => toHTML(fromHTML(html, editor.schema)),
  };

  function takePictures(transfer, drop) {
    const files = [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    // Word adds a picture of the text that was copied; then the text is what is meant.
    if (!files.length || hasText(transfer)) return false;
    const at = drop && editor.view.posAtCoords({ left: drop.clientX, top: drop.clientY });
    drop?.preventDefault();
    if (at) editor.commands.setTextSelection(at.pos);
    on.onPictures(surface, files);
    return true;
  }

  function linkSelection(transfer) {
    const text = transfer?.getData("text/plain").trim() ?? "";
    const href = /^(https?:\/\/|mailto:)\S+$/i.test(text) && linkAddress(text);
    if (!href || editor.isActive("codeBlock")) return false;
    if (!editor.state.selection.empty) return editor.commands.setMark("link", { href });
    return editor.commands.insertContent({
      type: "text", text: href, marks: [{ type: "link", attrs: { href } }],
    });
  }

  // The label, and the page's list of errors, lead to the textarea, which can't be reached now.
  document.addEventListener("click", (event) => {
    const id = CSS.escape(textarea.id);
    if (!event.target.closest?.(`label[for="${id}"], a[href="#${id}"]`)) return;
    event.preventDefault();
    editor.view.focus();
    editor.commands.scrollIntoView();
  });
  textarea.hidden = true;
  // The browser can't point at a hidden field, and would refuse to submit without a word.
  textarea.required = false;
  return surface;
}

function attributesFor(textarea) {
  const label = textarea.labels[0];
  if (label && !label.id) label.id = `${textarea.id}_label`;
  const keys = document.createElement("p");
  keys.id = `${textarea.id}_keys`;
  keys.className = "vh";
  keys.textContent = say("keys");
  textarea.after(keys);
  return {
    id: `${textarea.id}_surface`,
    class: "ed prose",
    "aria-multiline": "true",
    "aria-describedby": [keys.id, textarea.getAttribute("aria-describedby")].filter(Boolean).join(" "),
    ...(textarea.ariaInvalid && { "aria-invalid": textarea.ariaInvalid }),
    ...(label && { "aria-labelledby": label.id }),
    ...(textarea.required && { "aria-required": "true" }),
    ...(textarea.lang && { lang: textarea.lang }),
    spellcheck: "true",
  };
}

function hasText(transfer) {
  if (transfer.getData("text/plain").trim()) return true;
  const { html } = cleanPasted(transfer.getData("text/html"));
  return Boolean(html.replace(/<[^>]*>/g, "").trim());
}

/** Tab moves in tables and lists; after Escape it leaves the text, as WCAG 2.1.2 wants. */
function leaveByTab() {
  let isFree = false;
  return (view, event) => {
    const leaves = isFree && event.key === "Tab";
    if (event.key !== "Shift") isFree = event.key === "Escape";
    return leaves;
  };
}
