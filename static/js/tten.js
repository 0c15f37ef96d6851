// One module for the page; each part does nothing where its data attribute is absent.
import { dialogs } from "./dialog.js";
import { capitals } from "./capitals.js";
import { uploads } from "./upload.js";
import { leaving } from "./leave.js";
import { folds } from "./nav.js";
import { tabs } from "./tabs.js";
import { refusals } from "./refusal.js";
import { rowLists } from "./rowlist.js";
import { zooms } from "./zoom.js";
import { rows, filters, errorSummary } from "./lists.js";

const parts = [dialogs, capitals, uploads, leaving, folds, tabs, rows, filters, errorSummary, refusals, rowLists, zooms];
parts.forEach((part) => part(document));
document.addEventListener("htmx:afterSwap", (event) => parts.forEach((part) => part(event.target)));
