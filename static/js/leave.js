// A form with data-warn-leave, or with room for a text, asks before it is left changed; data-warn-leave="now" counts as changed from
// the start. Dialogs ask by themselves (dialog.js).
const ASKING = "form[data-warn-leave], form[method=post]:has(textarea:not([hidden])):not(dialog form)";

export function leaving(root) {
  root.querySelectorAll(ASKING).forEach((form) => {
    if (form.dataset.leaveReady) return;
    form.dataset.leaveReady = "1";
    let changed = form.dataset.warnLeave === "now";
    const change = (event) => { if (event.target.form === form) changed = true; }; // a field may stand outside of its form
    document.addEventListener("input", change);
    document.addEventListener("change", change);
    form.addEventListener("submit", () => { changed = false; });
    form.addEventListener("tten:saved", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => {
      if (changed && form.isConnected) event.preventDefault();
    });
  });
}
