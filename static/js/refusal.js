// A part of the page that was refused (409) says so on top of the page, in the words of the rule.
export function refusals(root) {
  if (root !== document) return;
  document.addEventListener("htmx:responseError", (event) => {
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const told = page.querySelector("[data-refusal]");
    const note = document.createElement("div");
    note.className = "note note-error appears";
    note.setAttribute("role", "alert");
    note.textContent = told ? told.dataset.refusal : "没有成功，请稍后再试；您填写的内容还在。";
    document.querySelector("main .wrap").prepend(note);
    note.scrollIntoView({ block: "nearest" });
  });
}
