// Results as the reader types. Without this file the form asks for a page, which is the same.
const form = document.querySelector("[data-search]");
const results = document.querySelector("[data-results]");

if (form && results) {
  const field = form.elements.q;
  const filters = form.querySelector("[data-filters]");
  const told = document.createElement("p");
  told.className = "vh";
  told.setAttribute("role", "status");
  form.append(told);
  let waiting = 0;
  let asked = null;
  let shown = location.href;

  // Whatever can be narrowed down is asked at once, and by typing after a pause
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  });
  form.addEventListener("change", (event) => {
    if (event.target !== field) ask();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });

  function address() {
    const given = [...new FormData(form)].filter(([, value]) => value.trim());
    const query = new URLSearchParams(given).toString();
    return form.action + (query ? `?${query}` : "");
  }

  async function ask() {
    clearTimeout(waiting);
    const wanted = address();
    if (wanted === shown) return;
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(wanted, { credentials: "omit", signal: asked.signal });
      show(wanted, new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      // The page itself can say better what is wrong
      if (error.name !== "AbortError") location.assign(wanted);
    }
  }

  function show(wanted, page) {
    const found = page.querySelector("[data-results]");
    if (!found) {
      location.assign(wanted);
      return;
    }
    shown = wanted;
    results.replaceChildren(...found.childNodes);
    const offered = page.querySelector("[data-filters]");
    const at = filters.contains(document.activeElement) ? document.activeElement.id : "";
    filters.replaceChildren(...offered.childNodes);
    if (at) (document.getElementById(at) ?? field).focus();
    document.title = page.title;
    history.replaceState(null, "", wanted);
    told.textContent = results.querySelector("#count")?.textContent.trim() ?? "";
  }
}
