/** Keys of a page of the desk: listed in its dialog under “?”, and switched off there (WCAG 2.2, 2.1.4). */

const KEYS_OFF = "wlg-keys-off";
const WRITES = "input, textarea, select, [contenteditable]";

/** Listens for keys, each a letter with what it does, on a page that has the dialog. */
export function listen(acts) {
  const list = document.querySelector("[data-keys]");
  if (!list) return;
  const isOn = list.querySelector("[data-keys-on]");
  isOn.checked = !isKeysOff();
  isOn.addEventListener("change", () => keepKeysOff(!isOn.checked));
  const button = document.querySelector("[data-keys-open]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => list.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (isKeysOff() || list.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.isComposing || event.target.closest?.(WRITES)) return;
    const chosen = { ...acts, "?": () => list.showModal() }[event.key.toLowerCase()];
    if (!chosen) return;
    event.preventDefault();
    chosen(event);
  });
}

/** A browser that keeps nothing keeps them on. */
function isKeysOff() {
  try {
    return localStorage.getItem(KEYS_OFF) === "1";
  } catch {
    return false;
  }
}

function keepKeysOff(isOff) {
  try {
    if (isOff) localStorage.setItem(KEYS_OFF, "1");
    else localStorage.removeItem(KEYS_OFF);
  } catch {
    // Then it holds for as long as the page is open at most
  }
}
