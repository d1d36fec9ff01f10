/** The writing page: turns the form the server drew into an editor that saves as one writes. */
import { fieldErrors } from "./fielderrors.js";
import { keepWriting } from "./keeping.js";
import { setCaption, setLink } from "./linking.js";
import { localCopies } from "./localcopy.js";
import { newTable, placeBlock } from "./nodes.js";
import { addPictures, describePicture } from "./pictures.js";
import { restoreText } from "./restoring.js";
import { stateLine } from "./stateline.js";
import { say } from "./strings.js";
import { openSurface } from "./surface.js";
import { layOutTools } from "./tools.js";
import { takeWordFiles } from "./wordfile.js";

const KEPT_FIELDS = ["title", "standfirst", "introduction", "body"];

const form = document.querySelector("form[data-writing]");
if (form) start();

function start() {
  // A browser that fills in what stood here before a reload would pass it off as the server's.
  form.autocomplete = "off";
  const line = stateLine(document.querySelector("[data-state]"));
  const copies = localCopies(form.dataset.key);
  const surfaces = new Map();
  const sets = new Map();
  let keeper = null;

  for (const textarea of form.querySelectorAll("textarea[data-prose]")) {
    const surface = openSurface(textarea, {
      onChange: () => keeper?.changed(),
      onLink: setLink,
      onPictures: (where, files) => addPictures(where.editor, form, files),
      onPictureLeftOut: () => line.note(say("pictureLeftOut")),
    });
    surfaces.set(textarea.name, surface);
    sets.set(textarea.name, equip(surface));
  }

  const plain = () => KEPT_FIELDS.filter((name) => form.elements[name] && !surfaces.has(name));
  const read = () => {
    const texts = [...surfaces].map(([name, surface]) => [name, surface.html()]);
    return Object.fromEntries([...plain().map((name) => [name, form.elements[name].value]), ...texts]);
  };
  const isSame = (fields, valueOf) =>
    Object.entries(fields).every(([name, text]) => {
      const surface = surfaces.get(name);
      const canonical = surface?.canonical ?? ((value) => value.replace(/\s+/g, " ").trim());
      return canonical(text) === canonical(valueOf(name));
    });
  const put = (fields, unanswered = []) => {
    for (const [name, text] of Object.entries(fields)) {
      if (surfaces.has(name)) surfaces.get(name).replace(text);
      else if (form.elements[name]) form.elements[name].value = text;
    }
    form.querySelectorAll("textarea:not([hidden])").forEach(fit);
    keeper.remember(unanswered);
    keeper.changed();
    keeper.hold();
  };

  const errors = fieldErrors(form, (name) => {
    const control = form.elements[name];
    const surface = surfaces.get(name);
    if (surface) return { control: surface.editor.view.dom, before: sets.get(name) };
    return control instanceof HTMLElement && control.type !== "hidden" ? { control, before: control } : null;
  });
  keeper = keepWriting({
    form, read, isSame, copies, line, errors,
    onSaved({ words_text: text }) {
      const words = document.querySelector("[data-words]");
      if (words && text) words.textContent = text;
    },
  });

  form.addEventListener("input", (event) => {
    if (event.target.closest("[contenteditable]")) return;
    fit(event.target);
    keeper.changed();
  });
  form.elements.title?.addEventListener("keydown", goOnFromTitle);
  plain().forEach((name) => fit(form.elements[name]));
  const isShown = (fields) => isSame(fields, (name) => form.elements[name]?.value ?? "");
  document.addEventListener("click", openWhenSaved);
  restoreText({ form, copies, isShown, put, line });
  makeRoomForBar();
  takeWordFiles({ form, saveNow: () => keeper.saveNow() });

  /** A preview is asked for right after the last word, which the server does not have yet. */
  async function openWhenSaved(event) {
    const link = event.target.closest?.("a[data-after-saving]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // Opened at once, for a browser lets a page open windows only on a click.
    const there = link.target === "_blank" ? open("about:blank") : window;
    await keeper.saveNow();
    if (there) there.location = link.href;
  }

  function goOnFromTitle(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    form.elements.standfirst?.focus();
  }

  function equip(surface) {
    const { editor } = surface;
    return layOutTools(surface, {
      link: () => setLink(editor),
      caption: () => setCaption(editor),
      table: () => placeBlock(editor, newTable(editor.schema), "inside"),
      picture: () => (editor.isActive("figure") ? describePicture(editor) : addPictures(editor, form)),
    });
  }
}

/** Firefox can't size a field by its content yet. */
function fit(field) {
  if (!field.matches?.("textarea") || CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

/** The tools stay below the bar that stays on top, however many lines that has. */
function makeRoomForBar() {
  const bar = document.querySelector(".bar.top");
  if (!bar) return;
  const measure = () =>
    document.documentElement.style.setProperty("--bar-height", `${bar.offsetHeight}px`);
  new ResizeObserver(measure).observe(bar);
  measure();
}
