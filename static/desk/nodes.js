/** Kinds of content that the bundle lacks, or writes in another way than the site keeps it. */
import {
  CodeBlock, Heading, Mark, Node, OrderedList, Table, TableCell, TableHeader, pm,
  wrappingInputRule,
} from "../django_prose_editor/editor.js";
import { linkAddress } from "./addresses.js";

const { Selection, TextSelection } = pm.state;

/** h2 and h3; the title is the page's h1, and old texts go down to h6. */
export const Headings = Heading.extend({
  parseHTML: () =>
    [2, 2, 3, 3, 3, 3].map((level, index) => ({ tag: `h${index + 1}`, attrs: { level } })),
}).configure({ levels: [2, 3] });

/** Numbered list that keeps its first number and nothing else. */
export const Numbered = OrderedList.extend({
  addNodeView: null,
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (element) => Number.parseInt(element.getAttribute("start"), 10) || 1,
    },
  }),
  addInputRules() {
    return [
      wrappingInputRule({
        find: /^(\d{1,3})[.)]\s$/,
        type: this.type,
        getAttributes: (match) => ({ start: Number(match[1]) }),
        joinPredicate: (match, node) => node.childCount + node.attrs.start === Number(match[1]),
      }),
    ];
  },
});

/** Text set line by line. Plain `pre`: the old archive keeps poems and addresses in it too. */
export const Preformatted = CodeBlock.extend({
  addAttributes: () => ({}),
  addInputRules: () => [],
  renderHTML: () => ["pre", 0],
});

export const Link = Mark.create({
  name: "link",
  priority: 1000,
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [
    {
      tag: "a[href]",
      getAttrs: (element) => {
        const given = element.getAttribute("href");
        // Places in the same text: old texts have them, pasted ones lead nowhere.
        const href = /^#[^\s#]+$/.test(given) ? given : linkAddress(given);
        return href ? { href } : false;
      },
    },
  ],
  renderHTML: ({ mark }) => ["a", { href: mark.attrs.href }, 0],
});

/** Where a quotation comes from; no tool makes it, but old texts have it. */
export const Source = Mark.create({
  name: "cite",
  parseHTML: () => [{ tag: "cite" }],
  renderHTML: () => ["cite", 0],
});

const cellAttributes = () => ({
  colspan: { default: 1, parseHTML: (cell) => cell.colSpan || 1 },
  rowspan: { default: 1, parseHTML: (cell) => cell.rowSpan || 1 },
  // prosemirror-tables expects the attribute; widths are the stylesheet's business.
  colwidth: { default: null, rendered: false, parseHTML: () => null },
});
export const Cell = TableCell.extend({ addAttributes: cellAttributes });
export const HeadCell = TableHeader.extend({
  addAttributes: () => ({ ...cellAttributes(), scope: { default: null } }),
});

/**
 * Table with its caption as an attribute: prosemirror-tables allows only rows inside.
 */
export const CaptionedTable = Table.extend({
  addNodeView: null,
  addAttributes: () => ({
    caption: {
      default: "",
      rendered: false,
      parseHTML: (table) =>
        (table.caption?.textContent ?? "").replace(/\s+/g, " ").trim(),
    },
  }),
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
  renderHTML({ node }) {
    const { caption } = node.attrs;
    const label = caption ? [["caption", { contenteditable: "false" }, caption]] : [];
    return ["div", { class: "scroll" }, ["table", ...label, ["tbody", 0]]];
  },
});

/** A caption of its own kind, so that no tool can make a heading or a list of it. */
export const FigureCaption = Node.create({
  name: "figcaption",
  content: "inline*",
  isolating: true,
  defining: true,
  parseHTML: () => [{ tag: "figcaption", context: "figure/" }],
  renderHTML: () => ["figcaption", 0],
});

/**
 * A picture with its caption. Old texts have pictures outside a figure: they become figures,
 * since a picture in the middle of a line has no place in the vocabulary.
 */
export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "figcaption",
  draggable: true,
  isolating: true,
  defining: true,
  addOptions: () => ({ captionHint: "" }),
  addAttributes: () =>
    Object.fromEntries(
      ["src", "alt", "width", "height"].map((name) => [
        name,
        { default: null, parseHTML: attributeOf(name) },
      ]),
    ),
  parseHTML: () => [
    {
      tag: "figure",
      getAttrs: (figure) => {
        const pictures = figure.querySelectorAll("img");
        return pictures.length === 1 && isShowable(pictures[0]) ? {} : false;
      },
      contentElement: (figure) =>
        figure.querySelector("figcaption") ?? figure.ownerDocument.createElement("figcaption"),
    },
    { tag: "img[src]", getAttrs: (img) => (isShowable(img) ? {} : false) },
  ],
  renderHTML: ({ HTMLAttributes }) => ["figure", ["img", HTMLAttributes], ["div", 0]],
  addNodeView() {
    return ({ HTMLAttributes, editor, getPos }) => {
      const dom = document.createElement("figure");
      const img = document.createElement("img");
      const contentDOM = document.createElement("div");
      for (const [name, value] of Object.entries(HTMLAttributes)) {
        if (value !== null) img.setAttribute(name, value);
      }
      img.contentEditable = "false";
      contentDOM.dataset.hint = this.options.captionHint;
      // With text inside, ProseMirror takes a click on the figure for the cursor.
      img.addEventListener("click", () => editor.commands.setNodeSelection(getPos()));
      dom.append(img, contentDOM);
      return { dom, contentDOM };
    };
  },
  addKeyboardShortcuts() {
    return {
      // From an empty caption there is no other way back to the picture.
      Backspace: () => {
        const { $from, empty } = this.editor.state.selection;
        if (!empty || !isCaption($from.parent) || $from.parent.content.size) return false;
        return this.editor.commands.setNodeSelection($from.before(-1));
      },
      // A caption is one line; writing goes on below the picture.
      Enter: () =>
        this.editor.commands.command(({ state, tr, dispatch }) => {
          const { selection } = state;
          const inCaption = isCaption(selection.$from.parent);
          if (!inCaption && selection.node?.type !== this.type) return false;
          const after = inCaption ? selection.$from.after(-1) : selection.to;
          if (dispatch) {
            tr.insert(after, state.schema.nodes.paragraph.create());
            tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView();
          }
          return true;
        }),
    };
  },
});

const isCaption = (node) => node.type.name === "figcaption";
const pictureIn = (element) => (element.matches("img") ? element : element.querySelector("img"));

function attributeOf(name) {
  return (element) => pictureIn(element)?.getAttribute(name) ?? null;
}

function isShowable(img) {
  return /^(https?:|\/|\.|[^:]*$)/i.test(img.getAttribute("src") ?? "data:");
}

/**
 * Puts a block where the cursor is, with a paragraph after it to go on writing in.
 * @param {object} editor
 * @param {object} block a node of the editor's schema
 * @param {"inside"|"after"} then where the cursor goes
 */
export function placeBlock(editor, block, then) {
  const { state, view } = editor;
  const { tr, selection } = state;
  const isInCaption = isCaption(selection.$from.parent);
  if (isInCaption || selection.node?.type.name === "figure") {
    tr.insert(isInCaption ? selection.$from.after(-1) : selection.to, block);
  } else tr.replaceSelectionWith(block);
  let at = -1;
  tr.doc.descendants((node, position) => {
    if (node === block) at = position;
    return at < 0;
  });
  if (at >= 0) {
    const end = at + block.nodeSize;
    if (!tr.doc.resolve(end).nodeAfter) tr.insert(end, state.schema.nodes.paragraph.create());
    tr.setSelection(Selection.near(tr.doc.resolve(then === "inside" ? at + 1 : end)));
  }
  view.dispatch(tr.scrollIntoView());
  view.focus();
}

/** An empty table with a head and two rows. */
export function newTable({ nodes }) {
  const row = (cell) => nodes.tableRow.create(null, [0, 1, 2].map(() => cell.createAndFill()));
  return nodes.table.create(null, [row(nodes.tableHeader), row(nodes.tableCell), row(nodes.tableCell)]);
}
