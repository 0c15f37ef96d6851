import { isTyped } from "./typed.js";

// data-dialog-open="id" opens <dialog id>, data-dialog-close closes the one around it; focus goes back to the opener.
// The opener's own href is the same act as a page, for browsers without script.
function open(event) {
  const dialog = document.getElementById(event.currentTarget.dataset.dialogOpen);
  if (!dialog || typeof dialog.showModal !== "function") return;
  event.preventDefault();
  const opener = event.currentTarget;
  dialog.addEventListener("close", () => opener.focus(), { once: true });
  dialog.showModal();
  const first = dialog.querySelector("[autofocus], .dialog-body :is(input, select, textarea):not([type=hidden])");
  if (first) first.focus();
}

// Esc, 取消, a click beside it: what was typed is given up only when the person says so.
const GIVE_UP = "您填写的内容还没有提交，关闭后不会保留。确定要关闭吗？";

function leave(dialog) {
  if (!isTyped(dialog) || window.confirm(GIVE_UP)) dialog.close();
}

function once(element, name) {
  if (element.dataset[name]) return false;
  element.dataset[name] = "1";
  return true;
}

// A form that is fetched once more does not displace what was typed into the one that is there.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (requestConfig.verb === "get" && target.closest("dialog[open]") && isTyped(target)) event.detail.shouldSwap = false;
});

export function dialogs(root) {
  root.querySelectorAll("[data-dialog-open]").forEach((opener) => {
    if (once(opener, "dialogReady")) opener.addEventListener("click", open);
  });
  root.querySelectorAll("dialog").forEach((dialog) => {
    if (!once(dialog, "dialogReady")) return;
    dialog.addEventListener("click", (event) => {
      if (event.target.closest("[data-dialog-close]") || event.target === dialog) leave(dialog);
    });
    dialog.addEventListener("keydown", (event) => { // asked here, since a second Esc is not asked by `cancel`
      if (event.key !== "Escape" || event.isComposing || dialog.hasAttribute("data-idle")) return;
      event.preventDefault();
      leave(dialog);
    });
    dialog.addEventListener("cancel", (event) => {
      if (event.target !== dialog || dialog.hasAttribute("data-idle")) return;
      event.preventDefault();
      leave(dialog);
    });
    if (dialog.querySelector(".is-invalid") && typeof dialog.showModal === "function") dialog.showModal();
  });
}
