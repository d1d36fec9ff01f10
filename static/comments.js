// The comment form in the page that is read, and on its own page. Only those load it who may be signed in (reader.js).
// Without it every link and form here leads to a page that does the same.

const HEADERS = { "X-Requested-With": "fetch" };
const status = document.createElement("p");
status.className = "vh";
status.setAttribute("role", "status");
let place = null;

// What is typed stays in this tab until it is sent
function attempt(act) {
  try {
    return act();
  } catch {
    return null; // The browser keeps nothing for this site
  }
}

const keyOf = (form) => `comment ${form.getAttribute("action")} ${form.elements.reply?.value ?? ""}`;
const keep = (form) => attempt(() => sessionStorage.setItem(keyOf(form), form.elements.text.value));
const kept = (form) => attempt(() => sessionStorage.getItem(keyOf(form)));
const forget = (form) => attempt(() => sessionStorage.removeItem(keyOf(form)));

const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

// Put the form in the place of the link. Signed out, the link stays
export async function bring(at, signedOut) {
  let page;
  try {
    const answer = await ask(at.dataset.address);
    if (answer.status === 401) signedOut();
    if (!answer.ok) return;
    page = await parsed(answer);
  } catch {
    return; // No connection: the link is still there
  }
  place = at;
  const wasInIt = place.contains(document.activeElement);
  place.replaceChildren(...page.body.childNodes, status);
  showActs(place);
  settle(room());
  if (wasInIt) room().focus({ preventScroll: true }); // Who came by keyboard stays there
  document.addEventListener("click", follow);
}

const ask = (address, more = {}) =>
  fetch(address, { credentials: "same-origin", headers: HEADERS, redirect: "error", ...more });
const room = () => document.getElementById("comment-room");

// What somebody can do with their own comments stands beside those in the page
function showActs(within) {
  for (const acts of within.querySelectorAll("[data-acts-of]")) {
    const there = document.querySelector(`#${acts.dataset.actsOf} .acts`);
    for (const old of there?.querySelectorAll("[data-own]") ?? []) old.remove();
    there?.querySelector('a[href*="/report/"]')?.parentElement.remove(); // Nobody reports themselves
    there?.append(...acts.children);
    acts.remove();
  }
}

function settle(at) {
  const form = at.querySelector("#comment-form");
  if (!form) return;
  const text = form.elements.text;
  if (!text.value) text.value = kept(form) ?? "";
  text.addEventListener("input", () => keep(form));
  form.addEventListener("submit", (event) => {
    if (place) send(event, form);
    else if (event.submitter?.name !== "preview") forget(form);
  });
}

function follow(event) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[data-reply], a[data-no-reply]");
  if (!link) return;
  event.preventDefault();
  open(link);
}

// One form at a time: it goes under the comment that it answers, or back to the end
async function open(link) {
  try {
    const fresh = (await parsed(await ask(link.href))).getElementById("comment-room");
    const text = fresh.querySelector("textarea");
    room().remove();
    if (link.dataset.reply) document.getElementById(`comment-${link.dataset.reply}`).append(fresh);
    else status.before(fresh);
    settle(fresh);
    (text ?? fresh).focus();
  } catch {
    location.assign(link.href);
  }
}

async function send(event, form) {
  event.preventDefault();
  const at = room();
  if (at.getAttribute("aria-busy")) return;
  at.setAttribute("aria-busy", "true");
  keep(form);
  const data = new FormData(form);
  if (event.submitter?.name) data.append(event.submitter.name, event.submitter.value);
  try {
    const answer = await ask(form.action, { method: "POST", body: data });
    const page = await parsed(answer);
    const [left, fresh] = ["comment-left", "comment-room"].map((id) => page.getElementById(id));
    if (left) {
      forget(form);
      show(left, fresh, page);
    } else if (fresh) {
      at.replaceWith(fresh);
      settle(fresh);
      (fresh.querySelector("#comment-preview, [aria-invalid], #obstacle") ?? fresh).focus();
      status.textContent = fresh.querySelector(".error")?.textContent ?? "";
    } else {
      // Signed out, or signed in anew in another tab
      const link = document.createElement("a");
      const reply = form.elements.reply ? `?reply=${form.elements.reply.value}` : "";
      link.href = `/accounts/login/?next=${encodeURIComponent(form.getAttribute("action") + reply)}`;
      link.textContent = at.dataset.signIn;
      complain(at, at.dataset.signedOut, link);
    }
  } catch {
    complain(at, at.dataset.offline);
  } finally {
    at.removeAttribute("aria-busy");
  }
}

function complain(at, words, link = "") {
  at.querySelector(".unsent")?.remove();
  const said = document.createElement("p");
  said.className = "notice warn unsent";
  said.setAttribute("role", "alert");
  at.append(said);
  said.append(words, " ", link);
}

// The new comment goes where it belongs, and whoever wrote it stays where they are
function show(left, fresh, page) {
  const { top, page: number, address, said, count } = left.dataset;
  const discussion = document.getElementById("comment-thread");
  if (address && number !== discussion.dataset.page) {
    location.assign(address);
    return;
  }
  const comment = left.firstElementChild;
  const above = top && document.getElementById(`comment-${top}`)?.closest("li");
  const item = document.createElement("li");
  item.append(comment);
  list(above || discussion, above ? null : place).append(item);
  room().remove();
  place.replaceChildren(...page.body.querySelectorAll("#own-comments"), fresh, status);
  showActs(place);
  settle(fresh);
  if (address) {
    document.querySelector("[data-none-yet]")?.remove();
    document.getElementById("comments").textContent = count.trim();
  }
  comment.tabIndex = -1;
  comment.focus({ preventScroll: true });
  comment.scrollIntoView({ block: "nearest" });
  status.textContent = said;
}

function list(at, before) {
  const found = at.querySelector(":scope > ol");
  if (found) return found;
  const made = document.createElement("ol");
  if (before) made.className = "thread";
  at.insertBefore(made, before);
  return made;
}

// On the form's own page what was typed is kept as well
if (document.querySelector("[data-account-page]") && room()) settle(room());
