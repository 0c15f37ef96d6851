// The desk by keys, while no field and no dialog has the focus; the switch in the list of keys (?) turns them off, on this computer, until it
// is turned on again. Each key does what a button or link of the page does, which tells it to screen readers (aria-keyshortcuts).
const OFF = "keys-off";
const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog[open] *";

export function keysOn() {
  return document.body.classList.contains("work") && localStorage.getItem(OFF) !== "1";
}

const rows = () => Array.from(document.querySelectorAll(".list-rows a.row-link"));
const find = (selector) => () => document.querySelector(selector);
// By what it says, not by its place: where a case cannot pass, 2 still sends it back.
const SAID = { 1: ["pass_review"], 2: ["send_back", "return_form"], 3: ["reject"] };
const verdict = (number) => () => document.querySelector(SAID[number].map((value) => `#decision [name="verdict"][value="${value}"]`).join());

function beside(step) {
  const links = rows();
  const at = links.indexOf(document.activeElement);
  return links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
}

const KEYS = {  // key → what it acts on, and whether that is pressed or has the focus
  j: [() => beside(1) || find('form[action*="/skip/"] button')() || find(".review-decide .note a")(), (one) => (rows().length ? one.focus() : one.click())],
  k: [() => beside(-1) || find(".review-page .crumbs a")(), (one) => (rows().length ? one.focus() : one.click())],
  o: [() => (rows().includes(document.activeElement) ? document.activeElement : rows()[0]), (one) => one.click()],
  c: [find('#claim-state form[action*="/claim/"] button, #claim-state summary'), (one) => one.click()],
  1: [verdict(1), (one) => { one.focus(); one.click(); }],
  2: [verdict(2), (one) => { one.focus(); one.click(); }],
  3: [verdict(3), (one) => { one.focus(); one.click(); }],
  m: [find('#decision [name="corrections"]'), (one) => { if (!one.offsetParent) verdict(2)().click(); one.focus(); }],
  p: [find(".viewer-stage"), (one) => one.focus()],
  "/": [() => find(".list-filters input[name=q]")() || find("#work-find")(), (one) => one.focus()],
  "?": [find("[data-dialog-open=keys]"), (one) => one.click()],
};

document.addEventListener("keydown", (event) => {
  const key = KEYS[event.key];
  if (!key || event.altKey || event.ctrlKey || event.metaKey || event.isComposing || !keysOn()) return;
  if (event.target.closest(TYPING) || document.querySelector("dialog[open]")) return;
  const one = key[0]();
  if (!one) return;
  event.preventDefault();
  key[1](one);
});

// Ctrl and Enter send the decision, from its fields, too.
document.addEventListener("keydown", (event) => {
  const form = document.querySelector("[data-letter]")?.closest("form");
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || !keysOn()) return;
  if (document.querySelector("dialog[open]") || ![form, null].includes(event.target.closest("form"))) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(".acts .btn-primary"));
});

export function keys(root) {
  const told = keysOn();
  Object.entries(KEYS).forEach(([key, [what]]) => {
    const one = what();
    if (one && told) one.setAttribute("aria-keyshortcuts", key);
    else if (one) one.removeAttribute("aria-keyshortcuts");
  });
  const box = root.querySelector("[data-keys-switch]");
  if (!box || box.dataset.keysReady) return;
  box.dataset.keysReady = "1";
  box.checked = localStorage.getItem(OFF) !== "1";
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    keys(document);
  });
}
