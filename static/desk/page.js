/** A plain page: the same surface to write on as for a piece, saved by its button alone. */
import { setCaption, setLink } from "./linking.js";
import { newTable, placeBlock } from "./nodes.js";
import { addPictures, describePicture } from "./pictures.js";
import { openSurface } from "./surface.js";
import { layOutTools } from "./tools.js";

const form = document.querySelector("form[data-page]");
if (form) start(form.querySelector("textarea[data-prose]"));

function start(textarea) {
  let isChanged = false;
  const surface = openSurface(textarea, {
    onChange: () => (isChanged = true),
    onLink: setLink,
    onPictures: (where, files) => addPictures(where.editor, form, files),
    onPictureLeftOut: () => {},
  });
  const { editor } = surface;
  layOutTools(surface, {
    link: () => setLink(editor),
    caption: () => setCaption(editor),
    table: () => placeBlock(editor, newTable(editor.schema), "inside"),
    picture: () => (editor.isActive("figure") ? describePicture(editor) : addPictures(editor, form)),
  });
  form.addEventListener("input", () => (isChanged = true));
  // Also for the preview, which opens in another window and leaves this one unsaved
  form.addEventListener("submit", (event) => {
    surface.html();
    if (event.submitter?.name !== "preview") isChanged = false;
  });
  addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
}
