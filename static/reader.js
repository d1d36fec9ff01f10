// Small comforts for readers. Every page is whole without this file.

// Acts that only a script can do are hidden until there is one
for (const act of document.querySelectorAll("[data-needs-script]")) act.hidden = false;

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) {
    button.closest("li").hidden = true;
    continue;
  }
  button.addEventListener("click", async () => {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      return;
    }
    button.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
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
