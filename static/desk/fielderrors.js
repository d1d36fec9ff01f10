/** Errors that come back from saving, beside the fields they are about. */
import { errorParagraph } from "./asking.js";

/**
 * @param {HTMLFormElement} form
 * @param {function(string): {control: HTMLElement, before: HTMLElement}|null} placeOf where the
 *   field of that name is written in and what its error stands before
 */
export function fieldErrors(form, placeOf) {
  let shown = [];

  return {
    /** @param {Object<string, string[]>} errors by field; replaces what is shown */
    show(errors) {
      for (const forget of shown) forget();
      shown = [];
      const homeless = [];
      for (const [name, messages] of Object.entries(errors)) {
        const place = placeOf(name);
        if (place) shown.push(attach(place, name, messages));
        else homeless.push(...messages);
      }
      if (homeless.length) {
        const error = errorParagraph(homeless.join(" "));
        form.prepend(error);
        shown.push(() => error.remove());
      }
    },
  };

  function attach({ control, before }, name, messages) {
    const error = errorParagraph(messages.join(" "));
    error.id = `id_${name}_error`;
    // The server may have drawn one of its own on the same field.
    document.getElementById(error.id)?.remove();
    before.before(error);
    const described = control.getAttribute("aria-describedby") ?? "";
    const others = described.split(/\s+/).filter((id) => id && id !== error.id);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", [...others, error.id].join(" "));
    return () => {
      error.remove();
      control.removeAttribute("aria-invalid");
      if (others.length) control.setAttribute("aria-describedby", others.join(" "));
      else control.removeAttribute("aria-describedby");
    };
  }
}
