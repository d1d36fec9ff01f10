/** The page on which two texts become one: what is written by hand is written as on the writing page. */
import { openSurface } from "./surface.js";
import { setLink } from "./linking.js";

const form = document.querySelector("form[data-merging]");
if (form) start();

function start() {
  const surfaces = new Map();
  form.addEventListener("change", ({ target }) => {
    if (target.type === "radio" && target.value === "by hand") open(target);
  });
  form.querySelectorAll('input[value="by hand"]:checked').forEach(open);
  form.addEventListener("submit", () => surfaces.forEach((surface) => surface.html()));

  function open(radio) {
    const textarea = radio.closest(".option").querySelector("textarea");
    if (!textarea.matches("[data-prose]")) return textarea.focus();
    if (!surfaces.has(textarea)) {
      surfaces.set(textarea, openSurface(textarea, {
        onChange: () => {},
        onLink: setLink,
        onPictures: () => {},
        onPictureLeftOut: () => {},
      }));
    }
    surfaces.get(textarea).editor.view.focus();
  }
}
