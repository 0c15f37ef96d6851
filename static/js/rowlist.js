// form[data-rows]: while one of its rows is open (.row-open), 申请 does not go out; the open row says why and takes the focus.
// Lines that were read and are not saved: what can be done with all of them takes the focus, and says why.
function toDropped(line) {
  const bar = document.querySelector("#dropped-bar");
  bar.querySelector("[data-row-unsaved]").hidden = false;
  line.scrollIntoView({ block: "center" });
  (bar.querySelector("button") || line.querySelector("a.btn")).focus({ preventScroll: true });
}

export function rowLists(root) {
  root.querySelectorAll("form[data-rows]").forEach((form) => {
    if (form.dataset.rowsReady) return;
    form.dataset.rowsReady = "1";
    form.addEventListener("submit", (event) => {
      const open = document.querySelector(".row-open, .row-dropped");
      if (!open || !event.submitter || event.submitter.value !== "submit") return;
      event.preventDefault();
      if (!open.matches(".row-open")) return toDropped(open);
      open.querySelector("[data-row-unsaved]").hidden = false;
      const first = open.querySelector(".is-invalid") || open.querySelector("input:not([type=hidden]), select");
      first.focus({ preventScroll: true });
      open.scrollIntoView({ block: "center" });
    });
  });
}
