/** The sentences the page speaks; the template writes them, so that they can be translated. */

const source = document.querySelector("[data-strings]")?.dataset ?? {};

/**
 * @param {string} name as in the template's data- attribute, in camel case
 * @param {Object<string, string>} values for the places in braces
 * @returns {string}
 */
export function say(name, values = {}) {
  return (source[name] ?? "").replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);
}
