// The working frame. [data-work-fold] folds the menu to icons, and the browser remembers it; .bulk shows how many rows are chosen.
const KEPT = "work-folded";

function remembered() {
  try { return localStorage.getItem(KEPT) === "1"; } catch { return false; }
}

export function workFold(root) {
  root.querySelectorAll("[data-work-fold]").forEach((button) => {
    if (button.dataset.foldReady) return;
    button.dataset.foldReady = "1";
    const set = (folded) => {
      document.body.classList.toggle("work-folded", folded);
      button.setAttribute("aria-pressed", String(folded));
      try { localStorage.setItem(KEPT, folded ? "1" : "0"); } catch { /* a browser that keeps nothing */ }
    };
    set(remembered());
    button.addEventListener("click", () => set(!document.body.classList.contains("work-folded")));
  });
}

// form.bulk, or form[data-picks] around its table: its boxes stand in the rows and name it; [data-all] chooses every row of the page, [data-whole] then all that was found.
export function bulk(root) {
  root.querySelectorAll("form.bulk, form[data-picks]").forEach((form) => {
    if (form.dataset.bulkReady) return;
    form.dataset.bulkReady = "1";
    const boxes = Array.from(form.elements).filter((box) => box.type === "checkbox" && ["row", "turn"].includes(box.name));
    const all = document.querySelector("[data-all]");
    const count = form.querySelector("[data-chosen]");
    const whole = form.querySelector("[data-whole]");
    const wholeBox = whole && whole.querySelector("input");
    const tell = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      if (whole) {
        whole.hidden = chosen < boxes.length;
        if (whole.hidden) wholeBox.checked = false;
      }
      count.textContent = whole && wholeBox.checked ? "已选全部" : `已选 ${chosen} 项`;
      form.classList.toggle("bulk-idle", !chosen);
      if (all) { all.checked = chosen === boxes.length && chosen > 0; all.indeterminate = chosen > 0 && chosen < boxes.length; }
    };
    [...boxes, ...(whole ? [wholeBox] : [])].forEach((box) => box.addEventListener("change", tell));
    if (all) {
      all.hidden = false;
      all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); tell(); });
    }
    tell();
  });
}
