// form[data-rows]: while one of its rows is open (.row-open), 申请 does not go out; the open row says why and takes the focus.
export function rowLists(root) {
  root.querySelectorAll("form[data-rows]").forEach((form) => {
    if (form.dataset.rowsReady) return;
    form.dataset.rowsReady = "1";
    form.addEventListener("submit", (event) => {
      const open = document.querySelector(".row-open");
      if (!open || !event.submitter || event.submitter.value !== "submit") return;
      event.preventDefault();
      open.querySelector("[data-row-unsaved]").hidden = false;
      const first = open.querySelector(".is-invalid") || open.querySelector("input:not([type=hidden]), select");
      first.focus({ preventScroll: true });
      open.scrollIntoView({ block: "center" });
    });
  });
}
