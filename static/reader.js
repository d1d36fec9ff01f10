// Small comforts for readers. Every page is whole without this file, and one file costs one request.

// Acts that only a script can do are hidden until there is one
for (const act of document.querySelectorAll("[data-needs-script]")) act.hidden = false;

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) {
    button.closest("li").hidden = true;
    continue;
  }
  // A button that changes its words is not read out by itself
  const said = document.createElement("span");
  said.className = "vh";
  said.setAttribute("role", "status");
  button.after(said);
  button.addEventListener("click", async () => {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return;
    }
    button.textContent = button.dataset.done;
    said.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
      said.textContent = "";
    }, 4000);
  });
}

// Addresses become links once somebody moves, touches or types: people do, programs that harvest addresses don't
const signs = ["pointermove", "pointerdown", "keydown", "focusin"];

function linkAddresses() {
  for (const sign of signs) removeEventListener(sign, linkAddresses);
  for (const shown of document.querySelectorAll("[data-mail]")) {
    const link = document.createElement("a");
    const [local, domain] = [shown.firstChild.textContent, shown.lastChild.textContent];
    link.href = `mailto:${encodeURIComponent(local)}@${domain}`;
    shown.replaceWith(link);
    link.append(shown);
    shown.removeAttribute("data-mail");
  }
}

for (const sign of signs) addEventListener(sign, linkAddresses, { passive: true });

// On a piece's page, when the comments come into view, put the form in the place of the link, if the visitor is
// signed in. Signed out, or without this script, the link stays and leads to the same form.
//
// A reader who was never on an account page asks the server for nothing: those pages leave a note in this browser.
const NOTE = "has-been-on-account-pages";
const place = document.getElementById("your-comment");

const note = {
  get: () => attempt(() => localStorage.getItem(NOTE)),
  set: () => attempt(() => localStorage.setItem(NOTE, "yes")),
  remove: () => attempt(() => localStorage.removeItem(NOTE)),
};

function attempt(act) {
  try {
    return act();
  } catch {
    // The browser keeps nothing for this site, and the link does without
    return null;
  }
}

async function bring() {
  try {
    const comments = await import(place.dataset.script);
    await comments.bring(place, note.remove);
  } catch {
    // No connection: the link is still there
  }
}

if (document.querySelector("[data-account-page]")) note.set();

if (place && note.get() && "IntersectionObserver" in window) {
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      bring();
    },
    { rootMargin: "600px" },
  );
  watch.observe(place);
}
