/** Saved replies: one is put into its field where the caret is. */

export function offerReplies() {
  document.querySelectorAll("[data-replies]").forEach(putReplyIn);
}

function putReplyIn(box) {
  const field = document.getElementById(box.dataset.replies);
  const select = box.querySelector("select");
  box.querySelector("button").addEventListener("click", (event) => {
    if (!field) return;
    event.preventDefault();
    const words = select.selectedOptions[0]?.dataset.words ?? "";
    const before = field.value.slice(0, field.selectionStart);
    const gap = before && !/\s$/.test(before) ? (field.selectionEnd === field.value.length ? "\n\n" : " ") : "";
    field.setRangeText(gap + words, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}
