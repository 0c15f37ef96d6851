// Keys pressed before the page's own script is there are kept in their order, and pressed again once it is. A script of its own, not a module:
// it runs before anything can be seen.
(() => {
  const MOST = 20;
  const kept = [];
  const keep = (event) => {
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.key.length > 1) return;
    if (kept.length < MOST) kept.push(event.key);
  };
  document.addEventListener("keydown", keep);
  document.addEventListener("tten:ready", () => {
    document.removeEventListener("keydown", keep);
    kept.forEach((key) => {
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    });
  }, { once: true });
})();
