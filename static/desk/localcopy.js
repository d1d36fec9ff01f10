/**
 * What is typed, kept in this browser until the server has it.
 *
 * Beside the copy itself there are two more places. `found` holds a copy that the writer has yet
 * to decide on. `aside` holds, each under its own moment, what was left: nothing typed is lost.
 * Locked-down browsers throw on any use of the storage; then nothing is kept, and `write` says so.
 */

// Two windows on the same piece must not take each other's copy for their own.
const TAB = Math.random().toString(36).slice(2);

/**
 * @typedef {object} Copy
 * @property {Object<string, string>} fields
 * @property {string} based_on the revision the text was written on
 * @property {string} at ISO 8601
 * @property {string} tab
 * @property {boolean} submitted left by an ordinary submit
 * @property {Object<string, string>[]} unanswered sent to the server, which never answered
 */

/**
 * @param {string} key
 */
export function localCopies(key) {
  const foundKey = `${key}:found`;

  const setAside = (copy) => put(`${key}:aside:${copy.at}`, copy);
  const offer = (copy) => {
    const earlier = get(foundKey);
    if (earlier && !same(earlier, copy)) setAside(earlier);
    return put(foundKey, copy);
  };

  return {
    /** @returns {Copy|null} */
    read: () => get(key),

    /** @returns {Copy|null} */
    found: () => get(foundKey),

    /**
     * @param {Omit<Copy, "at"|"tab">} copy
     * @returns {boolean} whether the browser holds it now
     */
    write(copy) {
      const other = get(key);
      if (other && other.tab !== TAB && !same(other, copy) && !offer(other)) return false;
      return put(key, { ...copy, at: new Date().toISOString(), tab: TAB });
    },

    /** Forgets the copy this page wrote, not another window's. */
    clear() {
      if (get(key)?.tab === TAB) drop(key);
    },

    /** Takes a copy from an earlier visit out of the way: to be offered, to be kept, or not at all. */
    move(copy, where) {
      const isSafe = where === "found" ? offer(copy) : where === "aside" ? setAside(copy) : true;
      if (isSafe) drop(key);
    },

    /** The writer has decided on the found copy. */
    settle(isUsed) {
      const copy = get(foundKey);
      if (copy && (isUsed || setAside(copy))) drop(foundKey);
    },
  };
}

function same(one, other) {
  return JSON.stringify(one.fields) === JSON.stringify(other.fields);
}

function get(key) {
  try {
    const copy = JSON.parse(localStorage.getItem(key));
    return copy?.fields ? copy : null;
  } catch {
    return null;
  }
}

function put(key, copy) {
  try {
    localStorage.setItem(key, JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // It could not be written either.
  }
}
