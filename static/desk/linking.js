/** The dialogs of the tools Link and Caption. */
import { typedAddress } from "./addresses.js";
import { ask } from "./asking.js";
import { say } from "./strings.js";

/**
 * Sets, changes or removes the link at the cursor; without a selection it asks for the words too.
 * @param {object} editor
 */
export async function setLink(editor) {
  const isLinked = editor.isActive("link");
  if (isLinked) editor.commands.extendMarkRange("link");
  const asksForWords = editor.state.selection.empty;
  const given = await ask(document.getElementById("writing-link"), {
    values: { address: editor.getAttributes("link").href ?? "" },
    hidden: [...(asksForWords ? [] : ["words"]), ...(isLinked ? [] : ["remove"])],
    async answer(data) {
      const href = typedAddress(data.get("address"));
      if (!href) return { errors: { address: [say("linkWrong")] } };
      return { result: { href, words: data.get("words").trim() || href } };
    },
  });
  const chain = editor.chain().focus();
  if (given === "remove") chain.unsetMark("link").run();
  else if (given && asksForWords) {
    const marks = [{ type: "link", attrs: { href: given.href } }];
    chain.insertContent({ type: "text", text: given.words, marks }).run();
  } else if (given) {
    // Writing goes on after the link, not over it.
    chain.setMark("link", { href: given.href }).setTextSelection(editor.state.selection.to).run();
  } else chain.run();
}

/**
 * Asks for the caption of the table at the cursor.
 * @param {object} editor
 */
export async function setCaption(editor) {
  const given = await ask(document.getElementById("writing-caption"), {
    values: { caption: editor.getAttributes("table").caption ?? "" },
    answer: async (data) => ({ result: { caption: data.get("caption").trim() } }),
  });
  const chain = editor.chain().focus();
  if (given) chain.updateAttributes("table", given).run();
  else chain.run();
}
