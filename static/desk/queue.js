/** The queue of comments: keys that lead from one to the next and decide, and saved replies at the caret. */

import { listen } from "./keys.js";
import { offerReplies } from "./replies.js";

const press = (what) => (event) => {
  // A key that is held down decides about one comment, not about all that follow
  if (!event.repeat) document.querySelector(what)?.click();
};

offerReplies();
listen({
  j: press("[data-go=j]"),
  k: press("[data-go=k]"),
  a: press("[data-act=a]"),
  s: press("[data-act=s]"),
  h: () => document.getElementById("hide-reason")?.focus(),
});
