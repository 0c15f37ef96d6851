// form[data-drop-now]: files dropped on its list, wherever on it, or chosen, go at once; the form itself is never left. Of more files
// than it takes at a time none goes. The form behind lines that were dropped (#dropped-form) counts as changed only while one is open.
const TOO_MANY = (most, count) => `一次最多 ${most} 个文件，您选了 ${count} 个，请分几次拖入。`;

function say(form, words) {
  const place = form.nextElementSibling;
  const note = document.createElement("div");
  note.className = "note note-warning";
  note.textContent = words;
  place.replaceChildren(...(words ? [note] : []));
}

function send(form, input) {
  const most = Number(form.dataset.dropNow);
  if (!input.files.length) return;
  if (input.files.length > most) {
    say(form, TOO_MANY(most, input.files.length));
    form.reset();
    return;
  }
  say(form, "");
  form.requestSubmit();
}

function prepare(form) {
  if (form.dataset.dropReady) return;
  form.dataset.dropReady = "1";
  const input = form.querySelector("input[type=file]");
  const panel = form.closest("section");
  const over = (on) => (event) => {
    if (!event.dataTransfer || !event.dataTransfer.types.includes("Files") || event.target.closest(".row-open")) return;
    event.preventDefault();
    panel.classList.toggle("drop-target", on);
  };
  input.addEventListener("change", () => send(form, input));
  panel.addEventListener("dragover", over(true));
  panel.addEventListener("dragleave", over(false));
  panel.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.target.closest("[data-upload], .row-open") || !event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    send(form, input);
  });
  form.addEventListener("htmx:afterRequest", () => form.reset());
}

export function drops(root) {
  root.querySelectorAll("form[data-drop-now]").forEach(prepare);
}

document.addEventListener("htmx:afterSettle", () => {
  const form = document.querySelector("#dropped-form");
  if (form && !document.querySelector(".row-dropped.row-open")) form.dispatchEvent(new CustomEvent("tten:saved"));
});
