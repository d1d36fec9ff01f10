/** One delivery of the form to the server, and what became of it. */
import { inertBody } from "./inert.js";

const PATIENCE = 30_000;
// Browsers refuse a request that outlives its page when it carries more than 64 KB.
const OUTLIVES_PAGE = 60_000;

/**
 * @typedef {object} Outcome
 * @property {"saved"|"conflict"|"signedOut"|"errors"|"refused"|"offline"} kind
 * @property {object} answer what the server said, if it said anything
 */

/**
 * @param {HTMLFormElement} form
 * @returns {{outcome: Promise<Outcome>, abort: function(): void}}
 */
export function deliver(form) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const outcome = send(form, stop.signal)
    .catch(() => ({ kind: "offline", answer: {} }))
    .finally(() => clearTimeout(timer));
  return { outcome, abort: () => stop.abort() };
}

async function send(form, signal) {
  const body = new FormData(form);
  for (const [name, value] of [...body]) {
    // Pictures and other files go with their own forms; every pause would send them again.
    if (value instanceof File) body.delete(name);
  }
  const size = new Blob([...body].flat()).size + 200 * [...body].length;
  const response = await fetch(form.dataset.autosave, {
    method: "POST",
    body,
    signal,
    credentials: "same-origin",
    redirect: "manual",
    keepalive: document.visibilityState === "hidden" && size < OUTLIVES_PAGE,
    headers: { Accept: "application/json", "X-Requested-With": "fetch" },
  });
  if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) {
    return { kind: "signedOut", answer: {} };
  }
  // A page instead of an answer comes from a proxy or a hotel's network, not from the site.
  if (response.status === 200) return { kind: "saved", answer: await response.json() };
  const answer = await response.json().catch(() => ({}));
  if (response.status === 409) return { kind: "conflict", answer };
  if (response.status === 422) return { kind: "errors", answer };
  return { kind: response.status >= 500 || response.status === 429 ? "offline" : "refused", answer };
}

/**
 * The page as the server would draw it now.
 * @param {HTMLFormElement} form
 * @returns {Promise<{token: string, basedOn: string, valueOf: function(string): string}|null>} null
 *   when there is no such page, for instance because one is signed out
 */
export async function pageNow(form) {
  try {
    const response = await fetch(location.href, { credentials: "same-origin", redirect: "manual" });
    if (response.status !== 200) return null;
    const there = inertBody(await response.text()).querySelector("form[data-writing]");
    if (there?.dataset.key !== form.dataset.key) return null;
    const valueOf = (name) => there.elements[name]?.value ?? "";
    return { token: valueOf("csrfmiddlewaretoken"), basedOn: valueOf("based_on"), valueOf };
  } catch {
    return null;
  }
}
