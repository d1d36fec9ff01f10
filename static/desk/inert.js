/**
 * HTML read without side effects: nothing loads, nothing runs, and no style is applied.
 *
 * Chromium reports every style and on… attribute it parses as a breach of the page's
 * Content-Security-Policy, even in a document that is never shown. So they are renamed in the
 * source first; pasting.js reads Word's and Google's styles from `data-was-style`.
 */

const TAG = /<[a-z](?:[^"'>]|"[^"]*"|'[^']*')*>/gi;
const QUOTED_OR_ACTIVE = /("[^"]*"|'[^']*')|\b(style|on[a-z]+)(?=\s*=)/gi;

/**
 * @param {string} html
 * @returns {HTMLElement} the body of a document of its own
 */
export function inertBody(html) {
  const quiet = html
    .replace(/<!--[^]*?-->|<[!?][^>]*>/g, "")
    .replace(/<(style|script|xml)\b[^]*?<\/\1\s*>/gi, "")
    .replace(TAG, (tag) =>
      tag.replace(QUOTED_OR_ACTIVE, (found, quoted) => (quoted ? found : `data-was-${found}`)),
    );
  return new DOMParser().parseFromString(quiet, "text/html").body;
}

/**
 * Puts an element's children in its place.
 * @param {Element} element
 */
export function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

/**
 * The same element under another name, with its children and only the attributes asked for.
 * @param {Element} element
 * @param {string} name
 * @param {string[]} attributes
 * @returns {Element}
 */
export function renamed(element, name, attributes = []) {
  const other = element.ownerDocument.createElement(name);
  for (const attribute of attributes) {
    if (element.hasAttribute(attribute)) other.setAttribute(attribute, element.getAttribute(attribute));
  }
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}
