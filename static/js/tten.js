// One module for the page; each part does nothing where its data attribute is absent.
import { dialogs } from "./dialog.js";
import { capitals } from "./capitals.js";
import { counts } from "./count.js";
import { uploads } from "./upload.js";
import { drops } from "./drops.js";
import { leaving } from "./leave.js";
import { folds, roving } from "./nav.js";
import { tabs } from "./tabs.js";
import { refusals } from "./refusal.js";
import { autosaves } from "./autosave.js";
import { rowLists } from "./rowlist.js";
import { viewers } from "./viewer.js";
import { knowns } from "./known.js";
import { signs } from "./alive.js";
import { suggests } from "./suggest.js";
import { dossiers } from "./dossier.js";
import { letters } from "./letter.js";
import { needed } from "./needed.js";
import { workFold, bulk } from "./work.js";
import { keys } from "./keys.js";
import { phrases } from "./phrases.js";
import { galleries } from "./gallery.js";
import { shares } from "./share.js";
import { sheets } from "./sheet.js";
import { rows, filters, errorSummary } from "./lists.js";

const parts = [dialogs, capitals, counts, uploads, drops, leaving, folds, roving, tabs, rows, filters, errorSummary, refusals, rowLists, viewers, knowns, needed, letters, dossiers, suggests, phrases, autosaves, workFold, bulk, signs, keys, galleries, shares, sheets];
parts.forEach((part) => part(document));
document.dispatchEvent(new Event("tten:ready"));
document.addEventListener("htmx:afterSwap", (event) => parts.forEach((part) => part(event.target)));

// [data-ask]: what cannot be undone asks once.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-ask]");
  if (button && !window.confirm(button.dataset.ask)) event.preventDefault();
});

// A page that the browser brings back is a new one: what is sent from it is sent anew.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("input[name=once]").forEach((input) => {
    input.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  });
});
