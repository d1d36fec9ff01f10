/**
 * What people paste from Word, Outlook, Google Docs or a web page, as plain, meaningful HTML.
 * The editor's schema drops what remains outside the vocabulary; this module rescues the meaning
 * that those programs put into styles.
 */
import { isOwnPicture, linkAddress } from "./addresses.js";
import { inertBody, renamed, unwrap } from "./inert.js";
import { makeLists, tidyLists } from "./pasting-lists.js";
import { makeNotes } from "./pasting-notes.js";

const BLOCKS = "p, h2, h3, ul, ol, li, blockquote, pre, table, hr, figure, div";
const KEPT = new Set(
  ("p h2 h3 ul ol li blockquote pre hr br strong em code sup sub a img figure figcaption " +
    "table caption thead tbody tr th td div").split(" "),
);
const BOXES = new Set(
  ("section article main header footer aside nav address center dl dt dd form fieldset " +
    "details summary").split(" "),
);
const KEPT_ATTRIBUTES = {
  a: ["href"], ol: ["start"], img: ["src", "alt", "width", "height"],
  td: ["colspan", "rowspan"], th: ["colspan", "rowspan"],
};
const UNWANTED = [
  "title, meta, link, template, noscript, object, embed, iframe, svg, canvas, audio, video",
  "input, button, select, textarea, del, .MsoCommentReference",
  '[data-was-style*="mso-element:comment"], [data-was-style*="mso-comment-reference"]',
  '[data-was-style*="display:none"], [data-was-style*="display: none"], [data-was-style*="mso-hide:all"]',
].join(", ");

/**
 * @param {string} html as it lies on the clipboard
 * @returns {{html: string, picturesLeftOut: number}}
 */
export function cleanPasted(html) {
  const body = inertBody(html);
  body.querySelectorAll(UNWANTED).forEach((element) => element.remove());
  const picturesLeftOut = dropForeignPictures(body);
  // Our own text, copied: the depth of its ends is counted, so its structure must stay as it is.
  if (body.querySelector("[data-pm-slice]")) return { html: body.innerHTML, picturesLeftOut };

  makeNotes(body);
  nameHeadings(body);
  makeLists(body, html);
  body.querySelectorAll("thead td").forEach((cell) => renamed(cell, "th", ["colspan", "rowspan"]));
  nameMarks(body);
  reduce(body);
  // Mails are laid out in tables of one cell.
  for (const table of [...body.querySelectorAll("table")].reverse()) {
    if (table.querySelectorAll("td, th").length === 1) {
      table.replaceWith(...table.querySelector("td, th").childNodes);
    }
  }
  tidyLists(body);
  paragraphs(body);
  tidyText(body);
  removeEmpty(body);
  return { html: body.innerHTML, picturesLeftOut };
}

function dropForeignPictures(body) {
  let count = 0;
  for (const img of body.querySelectorAll("img, v\\:imagedata")) {
    if (isOwnPicture(img.getAttribute("src"))) continue;
    // Mails carry invisible pictures that report when they are read; nobody misses those.
    if (Math.min(img.getAttribute("width") ?? 9, img.getAttribute("height") ?? 9) > 2) count += 1;
    img.remove();
  }
  for (const figure of body.querySelectorAll("figure:not(:has(img))")) {
    figure.querySelectorAll("figcaption").forEach((caption) => renamed(caption, "p"));
    renamed(figure, "div");
  }
  return count;
}

const styleOf = (element) => (element.getAttribute("data-was-style") ?? "").toLowerCase();

function nameHeadings(body) {
  for (const element of body.querySelectorAll('[role="heading"][aria-level]')) {
    renamed(element, `h${element.getAttribute("aria-level")}`);
  }
  // One first-level heading is the title of the whole; several are its sections.
  const shift = body.querySelectorAll("h1").length > 1 ? 1 : 0;
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (heading.matches("li *")) renamed(heading, "p");
    else renamed(heading, Number(heading.localName[1]) + shift > 2 ? "h3" : "h2");
  }
  body.querySelectorAll("p.MsoTitle").forEach((title) => renamed(title, "h2"));
  for (const quote of body.querySelectorAll("p.MsoQuote, p.MsoIntenseQuote")) {
    const before = quote.previousElementSibling;
    const block = before?.matches("blockquote") ? before : body.ownerDocument.createElement("blockquote");
    if (block !== before) quote.before(block);
    block.append(quote);
  }
}

function nameMarks(body) {
  for (const element of [...body.querySelectorAll("[data-was-style], b, i")]) {
    const style = styleOf(element);
    // Not `mso-bidi-font-weight`, which is about other scripts.
    const weight = /(?:^|[;\s])font-weight:\s*(\w+)/.exec(style)?.[1];
    const slope = /(?:^|[;\s])font-style:\s*(\w+)/.exec(style)?.[1];
    const raised = /(?:^|[;\s])vertical-align:\s*(super|sub)\b/.exec(style)?.[1];
    const isInline = !element.matches(`${BLOCKS}, td, th, tr, tbody, thead, table, sup, sub`);
    if (element.matches("b, strong") && /^(normal|400)$/.test(weight ?? "")) unwrap(element);
    else if (element.matches("i, em") && slope === "normal") unwrap(element);
    else if (element.matches("b")) renamed(element, "strong");
    else if (element.matches("i")) renamed(element, "em");
    else if (isInline) {
      if (/^(bold|bolder|[6-9]00)$/.test(weight ?? "") && !element.matches("strong")) within(element, "strong");
      if (/^(italic|oblique)$/.test(slope ?? "") && !element.matches("em")) within(element, "em");
      if (raised) within(element, raised === "super" ? "sup" : "sub");
    }
  }
  // A heading is strong already.
  body.querySelectorAll("h2 strong, h3 strong, th strong").forEach(unwrap);
}

function within(element, name) {
  const mark = element.ownerDocument.createElement(name);
  mark.append(...element.childNodes);
  element.append(mark);
}

/** Only the elements and attributes of the vocabulary are left, and `div` for the moment. */
function reduce(body) {
  for (const element of [...body.querySelectorAll("*")]) {
    const name = element.localName;
    if (name === "a") {
      const href = linkAddress(element.getAttribute("href"));
      if (!href) {
        unwrap(element);
        continue;
      }
      element.setAttribute("href", href);
    }
    if (!KEPT.has(name)) {
      if (name === "tfoot") renamed(element, "tbody");
      else if (BOXES.has(name)) renamed(element, "div");
      else unwrap(element);
      continue;
    }
    for (const { name: attribute } of [...element.attributes]) {
      if (!KEPT_ATTRIBUTES[name]?.includes(attribute)) element.removeAttribute(attribute);
    }
  }
}

/** Lines that stand loose in a box become paragraphs; the boxes go. */
function paragraphs(box) {
  for (const child of [...box.children]) {
    if (child.matches("div, blockquote")) paragraphs(child);
  }
  if (!box.matches("body, div, blockquote")) return;
  let line = null;
  let isBroken = false;
  for (const node of [...box.childNodes]) {
    if (node.nodeType === 1 && node.matches(BLOCKS)) {
      line = null;
    } else if (node.nodeName === "BR") {
      if (isBroken) line = null;
      if (line) line.append(node);
      else node.remove();
      isBroken = true;
      continue;
    } else if (line || node.textContent.trim() || node.nodeName === "IMG") {
      if (!line) node.before((line = box.ownerDocument.createElement("p")));
      line.append(node);
    }
    if (node.textContent.trim()) isBroken = false;
  }
  for (const child of [...box.children]) if (child.matches("div")) unwrap(child);
}

function tidyText(body) {
  // In a list or a cell a box is only another line.
  for (const box of [...body.querySelectorAll("div")]) {
    if (box.querySelector(BLOCKS)) unwrap(box);
    else renamed(box, "p");
  }
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.parentElement.closest("pre")) continue;
    // A no-break space between two words was meant; at an edge or in a row it was padding.
    text.data = text.data.replace(/[ \t\r\n]+/g, " ").replace(/[ \u00a0]{2,}/g, " ");
  }
  for (const block of body.querySelectorAll("p, h2, h3, li, td, th, figcaption, caption")) {
    trim(block, "firstChild", /^[ \u00a0]+/);
    trim(block, "lastChild", /[ \u00a0]+$/);
  }
}

function trim(block, side, space) {
  let node = block[side];
  while (node) {
    if (node.nodeName === "BR") node.remove();
    else if (node.nodeType === 3) {
      node.data = node.data.replace(space, "");
      if (node.data) return;
      node.remove();
    } else {
      if (node.matches(`${BLOCKS}, img`)) return;
      trim(node, side, space);
      if (node.childNodes.length) return;
      node.remove();
    }
    node = block[side];
  }
}

function removeEmpty(body) {
  const parts = [...body.querySelectorAll(`${BLOCKS}, a, strong, em, sup, sub, code, figcaption, caption`)];
  for (const part of parts.reverse()) {
    const isEmpty = !part.textContent.replace(/\u00a0/g, " ").trim();
    const holds = part.matches("hr, table") || part.querySelector("img, hr, td, th");
    if (isEmpty && !holds) {
      // A space may be all that parts two words.
      if (part.matches("a, strong, em, sup, sub, code")) unwrap(part);
      else part.remove();
    }
  }
  body.querySelectorAll("table:not(:has(td, th))").forEach((table) => table.remove());
}
