// Search in plain files: the words are looked up in an index beside the page (blog/plain_files/searching.py).
const form = document.querySelector("[data-search]");
const results = document.querySelector("[data-results]");
const A_PAGE = 20;
const MOST_FILES = 3; // Of words that begin alike

if (form && results) {
  const field = form.elements.q;
  const more = results.querySelector("button");
  const list = results.querySelector("ol");
  const told = results.querySelector("#count");
  const read = new Map();
  let asking = 0;

  function file(name) {
    if (!read.has(name)) {
      const reading = fetch(`${form.dataset.search}${name}.json`).then((answer) => {
        if (!answer.ok) throw new Error(name);
        return answer.json();
      });
      reading.catch(() => read.delete(name));
      read.set(name, reading);
    }
    return read.get(name);
  }

  // As the index has them: small letters, no accents
  const words = (text) => [
    ...new Set(text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []),
  ];
  const isBefore = (one, other) => {
    // By code points, as Python sorts
    const [a, b] = [[...one], [...other]];
    for (let at = 0; at < a.length && at < b.length; at += 1)
      if (a[at] !== b[at]) return a[at].codePointAt(0) < b[at].codePointAt(0);
    return a.length < b.length;
  };
  const fileOf = (begins, word) => {
    let found = 0;
    while (found + 1 < begins.length && !isBefore(word, begins[found + 1])) found += 1;
    return found;
  };

  // The stem of a word; of the last one, which may not be typed to its end, those of all words that begin so
  async function stems(index, word, isLast) {
    const at = fileOf(index.words, word);
    const here = await file(`words-${at}`);
    if (Object.hasOwn(here, word)) return [here[word] || word];
    if (!isLast || word.length < 2) return [];
    const found = new Set();
    for (let next = at; next < index.words.length && next < at + MOST_FILES; next += 1) {
      if (next > at && !index.words[next].startsWith(word)) break;
      for (const [form, stem] of Object.entries(await file(`words-${next}`)))
        if (form.startsWith(word)) found.add(stem || form);
    }
    return [...found].slice(0, 50);
  }

  // Pieces with a word, each with whether it is in the title
  async function holding(index, word, isLast) {
    const found = new Map();
    for (const stem of await stems(index, word, isLast)) {
      let number = 0;
      for (const step of (await file(`stems-${fileOf(index.stems, stem)}`))[stem] ?? []) {
        number += step;
        const piece = number >> 1;
        found.set(piece, (found.get(piece) ?? 0) | (number & 1));
      }
    }
    return found;
  }

  async function ask() {
    const ours = (asking += 1);
    const sought = words(field.value).slice(0, 12);
    history.replaceState(null, "", sought.length ? `?q=${encodeURIComponent(field.value)}` : location.pathname);
    results.hidden = !sought.length;
    list.replaceChildren();
    more.hidden = true;
    if (!sought.length) return;
    try {
      const index = await file("index");
      const each = await Promise.all(sought.map((word, at) => holding(index, word, at === sought.length - 1)));
      const found = [...each[0].keys()].filter((piece) => each.every((held) => held.has(piece)));
      const inTitle = (piece) => each.reduce((sum, held) => sum + held.get(piece), 0);
      found.sort((a, b) => inTitle(b) - inTitle(a) || b - a);
      if (ours !== asking) return;
      const { one, many, none } = results.dataset;
      told.textContent = { 0: none, 1: one }[found.length] ?? many.replace("{number}", found.length);
      await show(index, found, ours);
    } catch {
      if (ours === asking) told.textContent = results.dataset.failed;
    }
  }

  async function show(index, found, ours) {
    const page = found.slice(0, A_PAGE);
    const rows = await Promise.all(
      page.map(async (at) => (await file(`pieces-${Math.floor(at / index.a_file)}`))[at % index.a_file]),
    );
    if (ours !== asking) return;
    list.append(...rows.map(entry));
    more.hidden = found.length <= A_PAGE;
    more.textContent = results.dataset.more;
    more.onclick = () => show(index, found.slice(A_PAGE), ours).catch(() => {});
  }

  function entry([path, title, names, day, standfirst]) {
    const made = (name, words, className = "") => {
      const element = document.createElement(name);
      element.className = className;
      element.textContent = words;
      return element;
    };
    const link = made("a", title);
    link.href = path;
    const date = made("p", "", "meta date");
    const written = new Date(`${day}T12:00:00Z`);
    date.append(
      made("time", written.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })),
    );
    const heading = made("h3", "");
    heading.append(link);
    const article = made("article", "", "ent");
    article.append(heading, ...(standfirst ? [made("p", standfirst)] : []), made("p", names, "meta"));
    const row = made("li", "");
    row.append(date, article);
    return row;
  }

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    ask();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) ask();
}
