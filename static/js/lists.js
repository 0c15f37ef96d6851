// Lists: a click anywhere in a row follows its a.row-link; a changed choice of form[data-filters] asks anew.
export function rows(root) {
  root.querySelectorAll(".table-list a.row-link").forEach((link) => {
    const row = link.closest("tr");
    if (!row || row.classList.contains("row-click")) return;
    row.classList.add("row-click");
    row.addEventListener("click", (event) => {
      if (!event.target.closest("a, button, input, label, select") && !String(window.getSelection())) link.click();
    });
  });
}

export function filters(root) {
  root.querySelectorAll("form[data-filters] select").forEach((select) => {
    if (select.dataset.filtersReady) return;
    select.dataset.filtersReady = "1";
    select.addEventListener("change", () => select.form.requestSubmit());
  });
}

// The error summary takes the focus, so that it is read first.
export function errorSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}
