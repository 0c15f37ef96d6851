// button[data-known="id"]: puts what the portal knows into the field of that id. It stands there only while the field is
// empty, so that nothing that was typed, restored or taken over is ever replaced.
export function knowns(root) {
  root.querySelectorAll("button[data-known]").forEach((button) => {
    const field = document.getElementById(button.dataset.known);
    if (!field || button.dataset.knownReady) return;
    button.dataset.knownReady = "1";
    const isTick = field.type === "checkbox";
    const isEmpty = () => (isTick ? !field.checked : field.value === "");
    const show = () => { button.hidden = !isEmpty(); };
    field.addEventListener("input", show);
    button.addEventListener("click", () => {
      if (!isEmpty()) return;
      if (isTick) field.checked = true; else field.value = button.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
    show();
  });
}
document.addEventListener("htmx:afterSwap", () => knowns(document));
document.addEventListener("htmx:oobAfterSwap", () => knowns(document));
