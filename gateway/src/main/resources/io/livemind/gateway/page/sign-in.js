// Signing in with a key; the cookie that comes back is out of reach of every script.

import { find } from "./element.js";

/** Resolves when somebody has signed in. */
export function signIn() {
  const dialog = find("sign-in");
  const form = find("sign-in-form");
  dialog.showModal();
  return new Promise((signedIn) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      const headers = { Authorization: `Bearer ${find("key").value}` };
      const answer = await fetch("/v1/sign-in", { method: "POST", headers });
      find("key").value = "";
      find("sign-in-problem").textContent = answer.ok ? "" : "This key is not known here.";
      if (!answer.ok) return;
      dialog.close();
      signedIn();
    };
  });
}
