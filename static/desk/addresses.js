/** Which addresses a link or a picture may have. */

// Redirectors that Outlook and Google put in front of a copied link.
const DETOURS = [
  [/\.safelinks\.protection\.outlook\.com$/, "/", "url"],
  [/^www\.google\.(com|co\.uk)$/, "/url", "q"],
];

/**
 * The address as it may stand in the text, or null. Allowed are http, https and mailto, and
 * addresses on this site that begin with one slash; `//host` would leave the site unseen.
 * @param {string|null} address
 * @returns {string|null}
 */
export function linkAddress(address) {
  const given = (address ?? "").trim();
  if (/^\/(?![/\\])/.test(given)) return given;
  if (!/^(https?:\/\/|mailto:)./i.test(given)) return null;
  let url;
  try {
    url = new URL(given);
  } catch {
    return null;
  }
  for (const [host, path, parameter] of DETOURS) {
    const goal = url.searchParams.get(parameter);
    if (host.test(url.hostname) && url.pathname === path && goal) return linkAddress(goal);
  }
  return given;
}

/**
 * What a person typed into “Address”, made whole: `example.org/a` and `name@example.org` are
 * what people write.
 * @param {string} typed
 * @returns {string|null}
 */
export function typedAddress(typed) {
  const given = typed.trim();
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(given)) return `mailto:${given}`;
  if (/^[^\s/:@]+\.[a-z]{2,}(:\d+)?([/?#]\S*)?$/i.test(given)) return `https://${given}`;
  return /\s/.test(given) ? null : linkAddress(given);
}

/**
 * @param {string|null} src
 * @returns {boolean} whether the picture lies on this site
 */
export function isOwnPicture(src) {
  try {
    const url = new URL(src ?? "", location.href);
    return Boolean(src) && url.origin === location.origin && /^https?:$/.test(url.protocol);
  } catch {
    return false;
  }
}
