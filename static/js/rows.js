import { amount } from "./figures.js";
import { isTyped } from "./typed.js";

// What long forms need while typing: input[data-sum="a b"] offers the sum of its form's fields a and b until something
// else is typed; [data-shown-for] stands only beside its choice; [data-fresh] takes the focus as it appears, its first wrong cell before the others.
function fen(input) {
  const typed = input && amount(input.value);
  return typed ? typed[0] * 100 + typed[1] : null;
}

function offerSum(total) {
  if (total.dataset.sumReady) return;
  total.dataset.sumReady = "1";
  const parts = total.dataset.sum.split(" ").map((name) => total.form.elements.namedItem(name));
  let offered = total.value === "" ? "" : null;
  total.addEventListener("input", () => { offered = total.value === "" ? "" : null; });
  parts.forEach((part) => part && part.addEventListener("input", () => {
    const amounts = parts.map(fen);
    if (offered === null || amounts.includes(null)) return;
    offered = (amounts.reduce((sum, amount) => sum + amount, 0) / 100).toFixed(2);
    total.value = offered;
  }));
}

// input[data-rest="a b"] offers what is left of a where b is taken away, while nothing else stands there.
function offerRest(box) {
  if (box.dataset.restReady) return;
  box.dataset.restReady = "1";
  const [whole, part] = box.dataset.rest.split(" ").map((name) => box.form.elements.namedItem(name));
  let offered = "";
  part.addEventListener("input", () => {
    const [all, taken] = [fen(whole), fen(part)];
    if (box.value !== offered || all === null || taken === null || taken > all) return;
    offered = ((all - taken) / 100).toFixed(2);
    box.value = offered;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// [data-shown-for="kind other"]: the field stands there only while its form's `kind` has one of the values.
function showFor(input) {
  if (input.dataset.shownReady) return;
  input.dataset.shownReady = "1";
  const [name, ...values] = input.dataset.shownFor.split(" ");
  const choice = input.form.elements.namedItem(name);
  const frame = input.closest("[id^=div_]");
  const show = () => { frame.hidden = !values.includes(choice.value); };
  choice.addEventListener("change", show);
  show();
}

function focusFresh(root) {
  const fresh = root.querySelector("[data-fresh]");
  if (!fresh) return;
  delete fresh.dataset.fresh;
  const gap = fresh.matches(".row-dropped") && [...fresh.querySelectorAll("[required]")].find((box) => box.value === "");
  const first = fresh.querySelector(".is-invalid") || gap || fresh.querySelector("select, input:not([type=hidden])");
  if (first) first.focus();
}

// A box beside which stands what its paper says ([data-read]) marks at once that something else was typed. Width, case and
// blanks do not count, amounts are compared as such; the server compares names and keys once more. While one types, not as the
// box is left: the longer words move what stands below, and 保存 would not be where it was pressed.
function folded(text) {
  const half = text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/[\s\u3000,]/g, "").toUpperCase();
  return /^\d+(\.\d+)?$/.test(half) && half.length < 16 ? String(Number(half)) : half;
}

function compareRead(hint) {
  const box = hint.closest("[id^=div_]").querySelector("input, select");
  if (hint.dataset.readReady || !box) return;
  hint.dataset.readReady = "1";
  const mark = () => {
    const differs = folded(box.value) !== folded(hint.dataset.read);
    hint.querySelector("[data-read-same]").hidden = differs;
    hint.querySelector("[data-read-differs]").hidden = !differs;
  };
  box.addEventListener("input", mark);
  box.addEventListener("change", mark); // what is filled in by a click
}

function prepare(root) {
  root.querySelectorAll("[data-read]").forEach(compareRead);
  root.querySelectorAll("input[data-sum]").forEach(offerSum);
  root.querySelectorAll("input[data-rest]").forEach(offerRest);
  root.querySelectorAll("[data-shown-for]").forEach(showFor);
  focusFresh(root);
}

prepare(document);
// Not before it has settled: until then htmx lets the cells of a row that came back look as they did before.
document.addEventListener("htmx:afterSettle", () => prepare(document));
// A blank row that is not wanted goes without asking the server; the lists' 添加 takes the focus again.
document.addEventListener("click", (event) => {
  const drop = event.target.closest("[data-row-drop]");
  if (!drop) return;
  event.preventDefault();
  const row = drop.closest(".row-open");
  if (isTyped(row) && !window.confirm("这一行还没有保存。确定要移除吗？")) return;
  const panel = drop.closest("section");
  row.remove();
  const add = panel && panel.querySelector(".panel-head .btn");
  if (add) add.focus();
});
// A row that turns to text, or goes, leaves the focus where the eye is: at the row in its place, else at 添加.
let place = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const row = event.detail.target.closest(".row-editor > tbody");
  place = row && { panel: row.closest("section"), list: row.parentElement, after: row.nextElementSibling };
});
document.addEventListener("htmx:afterSettle", () => {
  const at = place;
  place = null;
  if (!at || document.activeElement !== document.body) return;
  const row = at.after ? at.after.previousElementSibling : at.list.lastElementChild;
  const next = row.querySelector("td a.btn") || at.panel.querySelector(".panel-head .btn");
  if (next) next.focus();
});
// Another part of a list leaves the focus at its number.
document.addEventListener("htmx:afterSettle", (event) => {
  const now = document.activeElement === document.body && event.target.querySelector(".part-pager [aria-current]");
  if (now) now.focus();
});
// 取消 of a row asks only where something was typed into it, and so does another part of the list.
function openRow(link) {
  if (link.closest("[data-row-cancel]")) return link.closest(".row-open");
  return link.closest("[data-part]") && [...link.closest("section").querySelectorAll(".row-open")].find(isTyped);
}
document.addEventListener("htmx:confirm", (event) => {
  const row = openRow(event.detail.elt);
  if (!row || !isTyped(row)) return;
  event.preventDefault();
  if (window.confirm("这一行的修改还没有保存。确定要放弃吗？")) event.detail.issueRequest(true);
});
