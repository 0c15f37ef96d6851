// What is opened beside a decision comes into view, however little of the column is in sight.
document.addEventListener("toggle", (event) => {
  const fold = event.target;
  if (fold.open && fold.matches(".review-side details")) fold.scrollIntoView({ block: fold.closest(".review-found") ? "start" : "nearest" });
}, true);

// [data-figures]: a click on a row of the figures turns the paper beside them to that row's paper; its link does so for the keyboard.
export function dossiers(root) {
  root.querySelectorAll("[data-figures]").forEach((figures) => {
    if (figures.dataset.figuresReady) return;
    figures.dataset.figuresReady = "1";
    figures.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      const link = row && row.querySelector("a[data-paper]");
      if (!link) return;
      figures.querySelectorAll(".at-paper").forEach((other) => other.classList.remove("at-paper"));
      row.classList.add("at-paper");
      if (!event.target.closest("a, button, summary") && !String(window.getSelection())) link.click();
    });
  });
}
