/**
 * The HTML that a text may hold, both ways: what the editor reads and what it writes.
 *
 * Written are p, h2, h3, ul, ol[start], li, blockquote, pre, hr, br, strong, em, code, cite, sup,
 * sub, a[href], table, caption, thead, tbody, tr, th[scope] and td, both [colspan, rowspan],
 * figure > img[src, alt, width, height] + figcaption. No other element, no other attribute.
 */
import {
  Blockquote, Bold, BulletList, Code, Document, Dropcursor, Gapcursor, HardBreak, HorizontalRule,
  Italic, ListItem, Paragraph, Subscript, Superscript, TableRow, Text, UndoRedo, getSchema, pm,
} from "../django_prose_editor/editor.js";
import { inertBody, renamed, unwrap } from "./inert.js";
import {
  CaptionedTable, Cell, Figure, FigureCaption, HeadCell, Headings, Link, Numbered, Preformatted, Source,
} from "./nodes.js";

const { DOMParser: Reader, DOMSerializer } = pm.model;

/**
 * @param {string} captionHint shown in an empty caption
 * @returns {object[]} the editor's extensions
 */
export function vocabulary(captionHint) {
  return [
    Document, Paragraph, Text, HardBreak, HorizontalRule, Headings, Blockquote, Preformatted,
    // Old texts have items that begin with a picture or a heading.
    BulletList, Numbered, ListItem.extend({ content: "block+" }),
    CaptionedTable, TableRow, Cell, HeadCell,
    Figure.configure({ captionHint }), FigureCaption,
    // Around a link, not in it: the stylesheet knows a footnote's marker by that.
    Subscript.extend({ priority: 1100 }), Superscript.extend({ priority: 1100 }),
    Bold, Italic, Source, Link,
    // A mark of code may be a link as well; by default it excludes every other mark.
    Code.extend({ excludes: "" }),
    Dropcursor.configure({ color: false, class: "drop" }), Gapcursor, UndoRedo,
  ];
}

/**
 * @param {string} html
 * @param {object[]|object} known extensions, or a schema made of them
 * @returns {object} a ProseMirror document
 */
export function fromHTML(html, known) {
  const body = inertBody(html);
  body.querySelectorAll("figure:has(table) > figcaption").forEach(moveIntoTable);
  body.querySelectorAll("figcaption").forEach(flatten);
  for (const cell of body.querySelectorAll("thead td")) renamed(cell, "th", ["colspan", "rowspan", "scope"]);
  const schema = Array.isArray(known) ? getSchema(known) : known;
  return Reader.fromSchema(schema).parse(body);
}

/**
 * @param {object} doc a ProseMirror document
 * @returns {string} HTML, empty when nothing is written
 */
export function toHTML(doc) {
  const owner = document.implementation.createHTMLDocument("");
  const { body } = owner;
  DOMSerializer.fromSchema(doc.type.schema).serializeFragment(doc.content, { document: owner }, body);
  body.querySelectorAll("div.scroll, figure > div").forEach(unwrap);
  body.querySelectorAll("[contenteditable]").forEach((part) => part.removeAttribute("contenteditable"));
  body.querySelectorAll("figcaption:empty").forEach((caption) => caption.remove());
  body.querySelectorAll("li > p:first-child, td > p:only-child, th > p:only-child").forEach(unwrapLone);
  body.querySelectorAll("table").forEach(writeHead);
  // Empty paragraphs are how people make space; the stylesheet makes it already.
  body.querySelectorAll("p:empty").forEach((paragraph) => paragraph.remove());
  return body.innerHTML;
}

/** Readers of a list hear one item, not an item that holds a paragraph. */
function unwrapLone(paragraph) {
  const rest = [...paragraph.parentElement.children].slice(1);
  if (rest.every((element) => element.matches("ul, ol"))) unwrap(paragraph);
}

function writeHead(table) {
  const rows = [...table.rows];
  const end = rows.findIndex((row) => [...row.cells].some((cell) => cell.matches("td")));
  const head = end < 0 ? rows : rows.slice(0, end);
  // A table of nothing but heads is one that somebody has only begun.
  if (!head.length || head.length === rows.length) return;
  table.createTHead().append(...head);
}

/** Gutenberg captions a table by a figure around it. */
function moveIntoTable(caption) {
  const table = caption.parentElement.querySelector("table");
  if (!table.caption) table.createCaption().textContent = caption.textContent;
  caption.remove();
}

function flatten(caption) {
  for (const block of caption.querySelectorAll("p, div")) {
    if (block.nextSibling) block.after(" ");
    unwrap(block);
  }
  const lists = caption.querySelectorAll("ul, ol, li, h1, h2, h3, h4, h5, h6, blockquote");
  for (const block of lists) unwrap(renamed(block, "span"));
}
