/**
 * Keeps what is typed: within a third of a second in the browser, after a pause on the server.
 * One request at a time; whatever is typed meanwhile follows in the next.
 */
import { deliver, pageNow } from "./delivering.js";
import { say } from "./strings.js";

const LOCAL_PAUSE = 300;
const IDLE = 1_500;
const LONGEST = 10_000;
const FIRST_RETRY = 2_000;
const LAST_RETRY = 60_000;
const SUBMIT_WAITS = 8_000;
const REMEMBERED = 4;

/**
 * @param {object} parts
 * @param {HTMLFormElement} parts.form
 * @param {function(): Object<string, string>} parts.read the texts to keep in the browser; brings
 *   the hidden textareas into step on the way
 * @param {function(Object<string, string>, function(string): string): boolean} parts.isSame whether
 *   texts are what the function gives for their names
 * @param {ReturnType<typeof import("./localcopy.js").localCopies>} parts.copies
 * @param {ReturnType<typeof import("./stateline.js").stateLine>} parts.line
 * @param {ReturnType<typeof import("./fielderrors.js").fieldErrors>} parts.errors
 * @param {function(object): void} parts.onSaved is given the server's answer
 * @returns {{changed: function(): void, hold: function(): void, remember: function(object[]): void,
 *   saveNow: function(): Promise<boolean>}}
 */
export function keepWriting({ form, read, isSame, copies, line, errors, onSaved }) {
  const basedOn = form.elements.based_on;
  // Versions count changes: typed so far, held by the browser, saved or refused by the server, or kept by
  // it beside the text.
  let typed = 0;
  let held = 0;
  let saved = 0;
  let refused = 0;
  let setAside = -1;
  let waitingSince = 0;
  let failures = 0;
  let halted = "";
  // Texts that were sent without an answer: the server may have them, as a revision of their own.
  let unanswered = [];
  let sending = null;
  let isLeaving = false;
  let isSubmitting = false;
  let localTimer = 0;
  let sendTimer = 0;

  function changed() {
    typed += 1;
    isLeaving = false;
    waitingSince ||= Date.now();
    localTimer ||= setTimeout(hold, LOCAL_PAUSE);
    if (!failures) scheduleNext();
  }

  function hold() {
    clearTimeout(localTimer);
    localTimer = 0;
    const fields = read();
    if (typed === saved || typed === setAside) return;
    const copy = { fields, based_on: basedOn.value, submitted: isLeaving, unanswered };
    if (copies.write(copy)) held = typed;
  }

  function remember(texts) {
    unanswered = [...unanswered, ...texts].slice(-REMEMBERED);
  }

  function schedule(wait) {
    clearTimeout(sendTimer);
    if (!halted && !sending && !isLeaving) sendTimer = setTimeout(send, Math.max(0, wait));
  }

  function scheduleNext() {
    schedule(Math.min(IDLE, waitingSince + LONGEST - Date.now()));
  }

  async function send() {
    clearTimeout(sendTimer);
    if (sending || halted || isLeaving || typed === saved || typed === refused) return;
    remember([read()]);
    hold();
    const version = typed;
    waitingSince = 0;
    line.saving();
    sending = deliver(form);
    // Whoever waits for `sending` finds everything done.
    sending.done = sending.outcome.then((outcome) => settle(outcome, version));
    const isOvertaken = await sending.done;
    sending = null;
    if (isOvertaken) schedule(0);
    else if (failures) schedule(Math.min(FIRST_RETRY * 2 ** (failures - 1), LAST_RETRY));
    else if (waitingSince) scheduleNext();
  }

  /** @returns {Promise<boolean>} whether the same is to be sent again at once */
  async function settle({ kind, answer }, version) {
    if (kind === "conflict" && (await isOwnRevision())) return true;
    const isSafe = held === typed;
    failures = kind === "offline" || kind === "refused" ? failures + 1 : 0;
    if (kind !== "offline") unanswered.pop();
    switch (kind) {
      case "saved":
        unanswered = [];
        basedOn.value = answer.revision;
        saved = version;
        if (typed === version) copies.clear();
        else hold();
        errors.show({});
        line.saved(answer.saved_at);
        onSaved(answer);
        break;
      case "errors":
        refused = version;
        errors.show(answer.errors ?? {});
        line.trouble(`${say("mend")} ${say(isSafe ? "safe" : "unkept")}`);
        break;
      case "conflict": {
        halted = kind;
        // The server keeps what was sent as a text of its own, so this browser need not.
        if (answer.compare) setAside = version;
        if (typed === setAside) copies.clear();
        const link = answer.compare && { href: answer.compare, text: say("compare") };
        line.trouble(answer.message || say("conflict"), link && { ...link, follow: () => follow(version, answer) });
        break;
      }
      case "signedOut": {
        halted = kind;
        const words = `${say("signedOut")} ${say(isSafe ? "safeHere" : "unkept")}`;
        line.trouble(words, { href: form.dataset.login, text: say("signIn"), newWindow: !isSafe });
        break;
      }
      default:
        line.trouble(`${say(kind)} ${say(isSafe ? "safeLater" : "unkept")}`);
    }
    return false;
  }

  /** The rival may be what was sent from here before the connection broke. */
  async function isOwnRevision() {
    const page = await pageNow(form);
    if (!page || page.basedOn === basedOn.value) return false;
    if (!unanswered.some((fields) => isSame(fields, page.valueOf))) return false;
    basedOn.value = page.basedOn;
    return true;
  }

  /** Resolves when what is typed is on the server, or can't be brought there now: says which. */
  async function saveNow() {
    // The first round may only wait for a request that is under way with an older text.
    for (let round = 0; round < 2 && typed !== saved; round += 1) {
      send();
      await sending?.done;
    }
    return typed === saved;
  }

  /** Where the two texts become one; what was typed after the conflict is sent first, to be kept as well. */
  async function follow(version, { compare }) {
    if (typed === version) return location.assign(compare);
    hold();
    const now = typed;
    const { kind, answer } = await deliver(form).outcome;
    if (kind !== "conflict" || !answer.compare) return line.note(`${say("offline")} ${say("safeLater")}`);
    setAside = now;
    copies.clear();
    location.assign(answer.compare);
  }

  async function resume() {
    if (halted !== "signedOut") return;
    const page = await pageNow(form);
    if (!page) return;
    form.elements.csrfmiddlewaretoken.value = page.token;
    halted = "";
    send();
  }

  async function submit(event) {
    const { submitter } = event;
    if (event.defaultPrevented) return;
    if (isSubmitting) return event.preventDefault();
    if ((submitter?.formTarget || form.target) === "_blank") return hold();
    isLeaving = true;
    clearTimeout(sendTimer);
    hold();
    if (!sending) return;
    // The server would take the two for rivals: wait, so that the form names the newest revision.
    event.preventDefault();
    isSubmitting = true;
    const patience = setTimeout(() => sending?.abort(), SUBMIT_WAITS);
    await sending.done;
    clearTimeout(patience);
    sending = null;
    isSubmitting = false;
    isLeaving = !halted;
    if (!halted) form.requestSubmit(submitter);
  }

  form.addEventListener("submit", submit);
  addEventListener("online", () => failures && schedule(0));
  addEventListener("focus", resume);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") {
      hold();
      send();
    } else resume();
  });
  addEventListener("beforeunload", (event) => {
    hold();
    if (typed !== saved && typed !== held && !isLeaving) event.preventDefault();
  });
  // Back from the next page the old one may be shown as it was, with a revision long overtaken.
  addEventListener("pageshow", (event) => {
    if (event.persisted && (typed === saved || typed === held)) location.reload();
  });

  return { changed, hold, remember, saveNow };
}
