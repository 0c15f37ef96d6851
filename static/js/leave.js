// data-warn-leave on a form: asks before a changed form is left; data-warn-leave="now" counts as changed from the start.
export function leaving(root) {
  root.querySelectorAll("form[data-warn-leave]").forEach((form) => {
    if (form.dataset.leaveReady) return;
    form.dataset.leaveReady = "1";
    let changed = form.dataset.warnLeave === "now";
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("change", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    form.addEventListener("tten:saved", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => {
      if (changed && form.isConnected) event.preventDefault();
    });
  });
}
