// A part of the page that was refused (409) says so in the words of the rule: in the dialog that waited for it,
// else on top of the page. What is said again stands there once.
function tell(note, place) {
  const waiting = place && place.closest("dialog[open]") && place.querySelector("[role=status]");
  if (waiting) waiting.replaceWith(note);
  else document.querySelector("main .wrap").prepend(note);
}

export function refusals(root) {
  if (root !== document) return;
  document.addEventListener("htmx:responseError", (event) => {
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const told = page.querySelector("[data-refusal]");
    const note = document.createElement("div");
    note.className = "note note-error appears";
    note.setAttribute("role", "alert");
    note.textContent = told ? told.dataset.refusal : "没有成功，请稍后再试；您填写的内容还在。";
    document.querySelectorAll(".note-error.appears").forEach((earlier) => { if (earlier.textContent === note.textContent) earlier.remove(); });
    tell(note, event.detail.target);
    note.scrollIntoView({ block: "nearest" });
  });
}
