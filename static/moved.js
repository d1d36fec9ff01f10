// Old addresses that no file can stand at, such as /?p=7, lead on in plain files (blog/plain_files/hosting.py).
// What tells one from another in a question is in the list itself, as are the paths below which everything has moved.
async function leadOn() {
  const asked = new URLSearchParams(location.search);
  const path = decodeURIComponent(location.pathname).replace(/(.)\/+$/, "$1").toLowerCase();
  const isHome = path === "/";
  if (isHome && !location.search) return;
  if (isHome && asked.get("s")) {
    location.replace(`/search/?q=${encodeURIComponent(asked.get("s"))}`);
    return;
  }
  const answer = await fetch("/old-addresses.json");
  const { telling, to, below } = await answer.json();
  const told = new URLSearchParams(
    [...asked]
      .filter(([name]) => telling.includes(name))
      .map(([name, value]) => [name, /^\d+:/.test(value) ? value.split(":")[0] : value])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ).toString();
  let found = to[`${path}?${told}`.toLowerCase()] ?? (isHome ? undefined : to[path]);
  if (!found && !isHome) {
    const parent = Object.keys(below)
      .filter((beginning) => `${path}/`.startsWith(beginning))
      .sort((a, b) => b.length - a.length)[0];
    const rest = parent && path.slice(parent.length);
    if (parent) found = below[parent].replace(/\/?$/, "/") + rest + (rest && !/\.[^/]*$/.test(rest) ? "/" : "");
  }
  // Never in a circle, and never away from here
  if (/^\/(?![/\\])/.test(found ?? "") && found !== location.pathname) location.replace(found);
}

leadOn().catch(() => {});
