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

function once(element, name) {
  if (element.dataset[name]) return false;
  element.dataset[name] = "1";
  return true;
}

export function dialogs(root) {
  root.querySelectorAll("[data-dialog-open]").forEach((opener) => {
    if (once(opener, "dialogReady")) opener.addEventListener("click", open);
  });
  root.querySelectorAll("dialog").forEach((dialog) => {
    if (!once(dialog, "dialogReady")) return;
    dialog.addEventListener("click", (event) => {
      if (event.target.closest("[data-dialog-close]") || event.target === dialog) dialog.close();
    });
    if (dialog.querySelector(".is-invalid") && typeof dialog.showModal === "function") dialog.showModal();
  });
}
