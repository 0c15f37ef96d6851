// form[data-rows]: while one of its rows is open (tr.row-open), 申请 does not go out and the open row takes the focus.
export function rowLists(root) {
  root.querySelectorAll("form[data-rows]").forEach((form) => {
    if (form.dataset.rowsReady) return;
    form.dataset.rowsReady = "1";
    form.addEventListener("submit", (event) => {
      const open = document.querySelector("tr.row-open");
      if (!open || !event.submitter || event.submitter.value !== "submit") return;
      event.preventDefault();
      const saved = form.querySelector("[data-saved]");
      if (saved) saved.textContent = "还有一行没有保存，请先保存或移除这一行。";
      const first = open.querySelector("input:not([type=hidden]), select");
      if (first) first.focus();
    });
  });
}
