/** Lists as they arrive from word processors, made into nested `ul` and `ol`. */
import { unwrap } from "./inert.js";

const NUMBERED = /^[([]?\s*(\d+|[a-z]{1,2}|[ivxlcdm]+)(\.\d+)*\s*[.)\]:]/i;

/**
 * Word writes an item as a paragraph whose style says “list l0, level 2”, with the bullet as
 * text; Word on the web writes a list of one for every item, with the level as an attribute.
 * @param {HTMLElement} body
 * @param {string} source the HTML before its style sheet was taken out
 */
export function makeLists(body, source) {
  body.querySelectorAll("div.ListContainerWrapper, div.OutlineElement").forEach(unwrap);
  for (const first of [...body.querySelectorAll("p, div, ul, ol")]) {
    if (!body.contains(first) || !itemsOf(first, source)) continue;
    const run = runFrom(first, source);
    first.before(...nested(run, body.ownerDocument));
    for (const { from } of run) from.remove();
  }
  body.querySelectorAll('[data-was-style*="mso-list:ignore" i]').forEach((marker) => marker.remove());
}

/**
 * A list directly in a list, as Google Docs and old Outlook write it, goes into the item before
 * it; nothing but items stays directly in a list.
 * @param {HTMLElement} body
 */
export function tidyLists(body) {
  for (const list of [...body.querySelectorAll("ul, ol")]) {
    for (const child of [...list.childNodes]) {
      if (child.nodeName === "LI") continue;
      if (child.nodeType !== 1 && !child.textContent.trim()) {
        child.remove();
        continue;
      }
      let item = child.previousElementSibling;
      if (item?.nodeName !== "LI") child.before((item = body.ownerDocument.createElement("li")));
      item.append(child);
    }
  }
  for (const item of [...body.querySelectorAll("li")]) {
    if (!item.parentElement.matches("ul, ol")) {
      const list = body.ownerDocument.createElement("ul");
      item.before(list);
      list.append(item);
    }
  }
}

/** @returns {object[]|null} the items an element stands for, if it stands for any */
function itemsOf(element, source) {
  if (element.matches("ul, ol")) {
    const items = [...element.children];
    const isFlat = items.length && items.every((item) => item.matches("li[data-aria-level]"));
    return isFlat ? items.map((item) => flatItem(item, element)) : null;
  }
  const style = element.getAttribute("data-was-style") ?? "";
  const [, list, level] = /mso-list:\s*(l\d+)\s+level(\d+)/i.exec(style) ?? [];
  if (!list) return null;
  const marker = element.querySelector('[data-was-style*="mso-list:ignore" i]')?.textContent.trim();
  const [, number] = NUMBERED.exec(marker ?? "") ?? [];
  const numbered = marker ? Boolean(number) : isNumberedIn(source, list, level);
  const start = Number(number) || 1;
  const nodes = [...element.childNodes];
  return [{ from: element, level: Number(level), list, numbered, start, nodes }];
}

function flatItem(item, list) {
  return {
    from: list,
    level: Number(item.dataset.ariaLevel) || 1,
    list: item.dataset.listid ?? "",
    numbered: list.matches("ol"),
    start: Number(item.dataset.ariaPosinset) || Number(list.getAttribute("start")) || 1,
    nodes: [...item.childNodes],
  };
}

/** Copies that lack the bullet still have the style sheet, where a number is what needs no word. */
function isNumberedIn(source, list, level) {
  const rule = new RegExp(`@list ${list}:level${level}\\s*\\{([^}]*)\\}`, "i").exec(source);
  return Boolean(rule) && !/mso-level-number-format:\s*bullet/i.test(rule[1]);
}

/** The items of one list: neighbours, with the paragraphs that continue an item. */
function runFrom(first, source) {
  const run = [];
  for (let element = first; element; element = element.nextElementSibling) {
    const items = itemsOf(element, source);
    const continues = /^MsoList(Paragraph|Continue)/.test(element.className);
    if (items) run.push(...items);
    else if (continues && element.textContent.trim()) {
      run.push({ from: element, continues, nodes: [...element.childNodes] });
    } else break;
  }
  return run;
}

function nested(run, owner) {
  const roots = [];
  const open = [];
  for (const { level, list, numbered, start, nodes, continues } of run) {
    if (continues) {
      const paragraph = owner.createElement("p");
      paragraph.append(...nodes);
      open.at(-1).element.lastElementChild.append(paragraph);
      continue;
    }
    while (open.length && open.at(-1).level > level) open.pop();
    const last = open.at(-1);
    if (last?.level === level && (last.list !== list || last.numbered !== numbered)) open.pop();
    if (open.at(-1)?.level !== level) {
      const element = owner.createElement(numbered ? "ol" : "ul");
      if (numbered && start > 1) element.setAttribute("start", start);
      const parent = open.at(-1)?.element.lastElementChild;
      if (parent) parent.append(element);
      else roots.push(element);
      open.push({ element, level, list, numbered });
    }
    const item = owner.createElement("li");
    item.append(...nodes);
    open.at(-1).element.append(item);
  }
  return roots;
}
