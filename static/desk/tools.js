/** The row of tools above a surface, and the second row while one is in a table. */

const TOGGLES = {
  heading: { is: ["heading", { level: 2 }], run: (chain) => chain.toggleHeading({ level: 2 }) },
  subheading: { is: ["heading", { level: 3 }], run: (chain) => chain.toggleHeading({ level: 3 }) },
  bold: { is: ["bold"], run: (chain) => chain.toggleBold() },
  italic: { is: ["italic"], run: (chain) => chain.toggleItalic() },
  bullets: { is: ["bulletList"], run: (chain) => chain.toggleBulletList() },
  numbers: { is: ["orderedList"], run: (chain) => chain.toggleOrderedList() },
  quote: { is: ["blockquote"], run: (chain) => chain.toggleBlockquote() },
  "heading-row": { is: ["tableHeader"], run: (chain) => chain.toggleHeaderRow() },
};
const ACTIONS = {
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
  "add-row": (chain) => chain.addRowAfter(),
  "add-column": (chain) => chain.addColumnAfter(),
  "delete-row": (chain) => chain.deleteRow(),
  "delete-column": (chain) => chain.deleteColumn(),
  "delete-table": (chain) => chain.deleteTable(),
};

// In a cell they would do harm, and their room is wanted for the second row.
const NOT_IN_TABLES = ["heading", "subheading", "quote", "table", "picture"];

/**
 * @param {import("./surface.js").Surface} surface
 * @param {Object<string, function(): void>} more what the other tools do, by their name
 * @returns {HTMLElement} the rows, already in the page
 */
export function layOutTools(surface, more) {
  const { editor } = surface;
  const set = document.getElementById("writing-tools").content.firstElementChild.cloneNode(true);
  const [row, tableRow] = set.querySelectorAll("[role=toolbar]");
  const buttons = [...set.querySelectorAll("[data-tool]")];
  const stops = [row, tableRow].map((each) => {
    each.setAttribute("aria-controls", editor.view.dom.id);
    return rove(each, editor);
  });
  editor.view.dom.parentElement.before(set);

  for (const button of buttons) {
    // A click must not take the selection away from the text.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      const { tool } = button.dataset;
      const command = TOGGLES[tool]?.run ?? ACTIONS[tool];
      if (command) command(editor.chain().focus()).run();
      else more[tool]?.();
    });
  }

  let frame = 0;
  const refresh = () => {
    frame = 0;
    for (const button of buttons) show(button, editor);
    tableRow.hidden = !editor.isActive("table");
    stops.forEach((settle) => settle());
  };
  editor.on("transaction", () => (frame ||= requestAnimationFrame(refresh)));
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.key !== "F10" || !event.altKey) return;
    event.preventDefault();
    (tableRow.hidden ? row : tableRow).querySelector('[tabindex="0"]').focus();
  });
  refresh();
  return set;
}

function show(button, editor) {
  const { tool } = button.dataset;
  if (TOGGLES[tool]) button.setAttribute("aria-pressed", editor.isActive(...TOGGLES[tool].is));
  if (tool === "link") button.setAttribute("aria-pressed", editor.isActive("link"));
  if (tool === "undo" || tool === "redo") {
    button.setAttribute("aria-disabled", !editor.can()[tool]());
  }
  if (tool.endsWith("heading")) button.setAttribute("aria-disabled", editor.isActive("listItem"));
  if (NOT_IN_TABLES.includes(tool)) button.hidden = editor.isActive("table");
}

/**
 * One stop for Tab, arrows between the tools: the toolbar pattern of the ARIA practices.
 * @returns {function(): void} to be called when tools have been hidden or shown
 */
function rove(row, editor) {
  const all = [...row.querySelectorAll("button")];
  const shown = () => all.filter((button) => !button.hidden);
  const hold = (button) => all.forEach((each) => (each.tabIndex = each === button ? 0 : -1));
  row.addEventListener("focusin", (event) => hold(event.target.closest("button")));
  row.addEventListener("keydown", (event) => {
    const buttons = shown();
    const now = buttons.indexOf(event.target.closest("button"));
    const isRtl = getComputedStyle(row).direction === "rtl";
    const next = {
      [isRtl ? "ArrowLeft" : "ArrowRight"]: (now + 1) % buttons.length,
      [isRtl ? "ArrowRight" : "ArrowLeft"]: (now - 1 + buttons.length) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    if (event.key === "Escape") editor.view.focus();
    else if (next !== undefined) buttons[next].focus();
    else return;
    event.preventDefault();
  });
  return () => {
    if (!shown().some((button) => button.tabIndex === 0)) hold(shown()[0]);
  };
}
