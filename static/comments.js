// On a piece's page: when the comments come into view, put the form in the place of the link, if the visitor is
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
    const answer = await fetch(place.dataset.address, {
      credentials: "same-origin",
      headers: { "X-Requested-With": "fetch" },
      redirect: "error",
    });
    if (answer.status === 401) note.remove();
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...page.body.childNodes);
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
