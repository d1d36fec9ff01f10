/** The review page: keys that lead from change to change, a note on the chosen words, saved replies at the caret. */

import { listen } from "./keys.js";
import { offerReplies } from "./replies.js";

const NOT_THE_TEXT = "del, .n, .margin, .vh, .left, .side-of";

const form = document.querySelector("[data-note-form]");
const changes = [...document.querySelectorAll(".chg > .n")];
const paragraphs = [...document.querySelectorAll("[data-paragraph]")];

start();

function start() {
  offerReplies();
  document.addEventListener("click", openNote);
  markWords();
  openAnchored();
  addEventListener("hashchange", openAnchored);
  listen({ j: () => go(1), k: () => go(-1), n: () => noteHere() });
}

/** From the change that has the focus, or else from where the page is scrolled to. */
function go(step) {
  if (!changes.length) return;
  const from = changes.indexOf(document.activeElement);
  const below = changes.findIndex((change) => change.getBoundingClientRect().top > 8);
  const first = below < 0 ? changes.length : below;
  const next = from >= 0 ? from + step : step > 0 ? first : first - 1;
  const target = changes[Math.max(0, Math.min(changes.length - 1, next))];
  target.scrollIntoView({ block: "start" });
  target.focus({ preventScroll: true });
}

function openNote(event) {
  const link = event.target.closest?.("a[data-note]");
  if (!link || !form || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const paragraph = link.closest("[data-paragraph]");
  write(paragraph, chosenWords(paragraph));
}

function noteHere() {
  if (!form) return;
  const selected = getSelection()?.anchorNode;
  const element = selected instanceof Element ? selected : selected?.parentElement;
  const hasWords = !getSelection()?.isCollapsed;
  const chosen = hasWords ? element?.closest("[data-paragraph]") : null;
  const focused = document.activeElement?.closest("[data-paragraph]");
  const inView = paragraphs.find((one) => one.getBoundingClientRect().bottom > 80);
  const paragraph = chosen ?? focused ?? inView ?? null;
  write(paragraph, chosenWords(paragraph));
}

/** The selected words of one paragraph as they stand now, without what was struck out and the labels between. */
function chosenWords(paragraph) {
  const selection = getSelection();
  if (!paragraph || !selection?.rangeCount || selection.isCollapsed) return "";
  const range = selection.getRangeAt(0);
  if (!paragraph.contains(range.commonAncestorContainer)) return "";
  return wordsOf(range.cloneContents());
}

function wordsOf(fragment) {
  fragment.querySelectorAll(NOT_THE_TEXT).forEach((part) => part.remove());
  return fragment.textContent.replace(/\s+/g, " ").trim().slice(0, 300);
}

function write(paragraph, quote) {
  const number = paragraph?.dataset.paragraph ?? "";
  form.elements.paragraph.value = number;
  if (quote || form.dataset.paragraph !== number) form.elements.quote.value = quote;
  form.dataset.paragraph = number;
  if (paragraph) {
    const words = document.createElement("q");
    const copy = document.createRange();
    copy.selectNodeContents(paragraph);
    const text = wordsOf(copy.cloneContents());
    words.textContent = text.length > 140 ? `${text.slice(0, 140)}…` : text;
    const label = paragraph.querySelector("[data-note] .vh")?.textContent.trim() ?? number;
    form.querySelector("[data-about]").replaceChildren(`${label[0].toUpperCase()}${label.slice(1)}: `, words);
  }
  form.closest("details").open = true;
  form.elements.text.focus();
  form.closest("details").scrollIntoView({ block: "nearest" });
}

/** Shows in the text which words a note is about, where the browser can mark words without changing the page. */
function markWords() {
  if (!globalThis.Highlight || !CSS.highlights) return;
  const found = [...document.querySelectorAll(".marker[data-words]")].map((marker) =>
    rangeOf(marker.closest("[data-paragraph]"), marker.dataset.words),
  );
  CSS.highlights.set("noted", new Highlight(...found.filter(Boolean)));
}

function rangeOf(paragraph, words) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(NOT_THE_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const places = [];
  let text = "";
  while (walker.nextNode()) {
    places.push({ node: walker.currentNode, start: text.length });
    text += walker.currentNode.data;
  }
  const at = text.indexOf(words);
  if (at < 0) return null;
  const range = document.createRange();
  const put = (offset, set) => {
    const { node, start } = places.findLast((place) => place.start <= offset);
    set(node, offset - start);
  };
  put(at, (node, offset) => range.setStart(node, offset));
  put(at + words.length - 1, (node, offset) => range.setEnd(node, offset + 1));
  return range;
}

/** A settled note is folded; a link that leads to it opens it. */
function openAnchored() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}
