/**
 * The line that says whether the text is saved.
 *
 * It changes with every pause in typing; a screen reader that spoke each change would drown the
 * writer's own words. So the visible line is silent, and a second, hidden one speaks only when
 * something goes wrong and when it is right again.
 */
import { say } from "./strings.js";

const NOTE_STAYS = 10_000;

/**
 * @param {HTMLElement|null} element
 */
export function stateLine(element) {
  const voice = document.createElement("p");
  voice.className = "vh";
  voice.setAttribute("role", "status");
  const line = element ?? document.createElement("p");
  line.removeAttribute("role");
  line.setAttribute("aria-live", "off");
  (element ?? document.body.lastElementChild).after(voice);

  let trouble = "";
  let noteEnds = 0;

  const show = (kind, ...parts) => {
    line.classList.toggle("wait", kind === "wait");
    line.classList.toggle("bad", kind === "bad");
    const words = document.createElement("span");
    words.append(...parts);
    line.replaceChildren(words);
  };
  const isTaken = () => Boolean(trouble) || Date.now() < noteEnds;

  return {
    saving() {
      if (!isTaken()) show("wait", say("saving"));
    },

    /** @param {string} time as the server writes it */
    saved(time) {
      const text = say("saved", { time });
      if (trouble) voice.textContent = text;
      trouble = "";
      if (!isTaken()) show("", text);
      else setTimeout(() => !isTaken() && show("", text), noteEnds - Date.now() + 50);
    },

    /**
     * @param {string} text
     * @param {{href: string, text: string, newWindow?: boolean, follow?: function(): void}} [link] the way on
     */
    trouble(text, link) {
      if (text !== trouble) voice.textContent = link ? `${text} ${link.text}` : text;
      trouble = text;
      const parts = [text];
      if (link) {
        const anchor = document.createElement("a");
        anchor.href = link.href;
        anchor.textContent = link.text;
        if (link.newWindow) anchor.target = "_blank";
        anchor.addEventListener("click", (event) => {
          if (!link.follow || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          link.follow();
        });
        parts.push(" ", anchor);
      }
      show("bad", ...parts);
    },

    /** Something worth knowing that is no trouble with saving; it gives way after a while. */
    note(text) {
      voice.textContent = text;
      if (trouble) return;
      noteEnds = Date.now() + NOTE_STAYS;
      show("bad", text);
    },

    /** @param {string} text spoken only */
    speak(text) {
      voice.textContent = text;
    },
  };
}
