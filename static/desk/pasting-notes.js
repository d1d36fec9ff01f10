/** Notes as they arrive from word processors, made into raised numbers and a numbered list at the end. */

// Word and Outlook, Google's published pages, LibreOffice: where a mark leads, and where a note leads back.
const MARK = /#(_ftn|_edn|ftnt|sdfootnote|sdendnote)(\d+)(?:sym)?$/i;
const BACK = /#(_ftn|_edn|ftnt_|sdfootnote|sdendnote)(?:ref)?(\d+)(?:anc)?$/i;
const NOTE = '[data-was-style*="mso-element:footnote"], [data-was-style*="mso-element:endnote"], ' +
  'div[id^="sdfootnote"], div[id^="sdendnote"], li';
const LIST = '[data-was-style*="mso-element:footnote-list"], [data-was-style*="mso-element:endnote-list"]';

/**
 * @param {HTMLElement} body
 */
export function makeNotes(body) {
  const links = [...body.querySelectorAll("a[href]")].map((link) => ({ link, href: link.getAttribute("href") }));
  const backs = links.filter(({ href }) => BACK.test(href) && !MARK.test(href));
  const marks = links.filter(({ href }) => MARK.test(href));
  if (!marks.length) return;

  const notes = new Map();
  for (const { link, href } of backs) {
    const key = keyOf(BACK.exec(href));
    const found = noteAround(link, body);
    removeMark(link);
    if (!notes.has(key)) notes.set(key, found);
  }
  body.querySelectorAll(LIST).forEach((list) => list.querySelectorAll("hr, br[clear]").forEach((line) => line.remove()));

  const numbers = new Map();
  for (const { link, href } of marks) {
    const key = keyOf(MARK.exec(href));
    if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
    const mark = body.ownerDocument.createElement("sup");
    mark.textContent = numbers.get(key);
    outermost(link).replaceWith(mark);
  }

  const list = body.ownerDocument.createElement("ol");
  for (const key of numbers.keys()) {
    const note = notes.get(key);
    // A mark whose note was not copied would give every other note its number.
    const item = body.ownerDocument.createElement("li");
    item.append(...(note?.childNodes ?? []));
    if (!item.textContent.trim()) item.textContent = "…";
    const before = note?.previousElementSibling;
    if (before?.matches("hr")) before.remove();
    note?.remove();
    list.append(item);
  }
  if (notes.size) body.append(list);
}

const keyOf = ([, kind, number]) => `${/edn|sdendnote/i.test(kind) ? "end" : "foot"}${number}`;

function noteAround(link, body) {
  const note = link.closest(NOTE) ?? link.closest("p");
  const box = note?.parentElement;
  // Google puts each note into a box of its own, with all its paragraphs.
  return box?.matches("div") && box !== body && box.firstElementChild === note && box.querySelectorAll("a").length === 1
    ? box
    : note;
}

function removeMark(link) {
  const mark = outermost(link);
  const after = mark.nextSibling;
  if (after?.nodeType === 3) after.data = after.data.replace(/^[\s\u00a0]+/, "");
  mark.remove();
}

/** The mark with what only raises it. */
function outermost(link) {
  let mark = link;
  while (mark.parentElement.matches("sup, span") && mark.parentElement.textContent.trim() === mark.textContent.trim()) {
    mark = mark.parentElement;
  }
  return mark;
}
