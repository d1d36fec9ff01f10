/** On opening the page: what this browser still holds from the last time. */
import { say } from "./strings.js";

/**
 * Text from an interrupted visit goes back into the page and is saved. Text that was written on
 * another revision than the one shown is offered, since taking it would undo somebody's work.
 *
 * @param {object} parts
 * @param {HTMLFormElement} parts.form
 * @param {ReturnType<typeof import("./localcopy.js").localCopies>} parts.copies
 * @param {function(Object<string, string>): boolean} parts.isShown whether the page has this text
 * @param {function(Object<string, string>, object[]=): void} parts.put writes a text into the page
 *   and has it kept; the second argument is what was sent of it without an answer
 * @param {ReturnType<typeof import("./stateline.js").stateLine>} parts.line
 */
export function restoreText({ form, copies, isShown, put, line }) {
  const copy = copies.read();
  if (copy) {
    const { unanswered = [] } = copy;
    const isCurrent = copy.based_on === form.elements.based_on.value;
    // The same text on the same revision is what the server has just refused, and not kept.
    if (isShown(copy.fields) && !isCurrent) copies.move(copy, "nowhere");
    // What the page shows may be what was sent last, though its answer never came.
    else if (isCurrent || unanswered.some(isShown)) put(copy.fields, unanswered);
    // What was submitted has reached the editors, who may have changed it since.
    else copies.move(copy, copy.submitted ? "aside" : "found");
  }
  const found = copies.found();
  if (!found) return;
  if (isShown(found.fields)) copies.settle(true);
  else offer(found);

  function offer({ fields, at }) {
    const notice = document.createElement("div");
    notice.className = "notice warn found";
    const text = document.createElement("p");
    text.textContent = say("found", moment(at));
    const row = document.createElement("p");
    row.className = "row";
    const use = button(say("useIt"), "btn", () => {
      put(fields);
      copies.settle(true);
    });
    const leave = button(say("leaveIt"), "btn alt", () => copies.settle(false));
    row.append(use, leave);
    notice.append(text, row);
    form.before(notice);
    line.speak(text.textContent);

    function button(label, className, decide) {
      const element = document.createElement("button");
      element.type = "button";
      element.className = className;
      element.textContent = label;
      element.addEventListener("click", () => {
        decide();
        notice.remove();
        form.querySelector("textarea:not([hidden]), [contenteditable=true]")?.focus();
      });
      return element;
    }
  }
}

function moment(at) {
  const when = new Date(at);
  const date = new Intl.DateTimeFormat(document.documentElement.lang || "en-GB", {
    weekday: "long", day: "numeric", month: "long",
  }).format(when);
  const two = (number) => String(number).padStart(2, "0");
  return { date, time: `${two(when.getHours())}.${two(when.getMinutes())}` };
}
