// details[data-sheet]: on a phone what it holds rises from below, stays open from one choice to the next, and is closed by its
// last link, by Escape and by a touch beside it.
const phone = window.matchMedia("(max-width: 767.98px)");
const MARK = "#facets";

function close(fold) {
  fold.open = false;
  history.replaceState(history.state, "", window.location.pathname + window.location.search);
}

// What was typed beside the choices, and not sent yet, goes with the last link.
function typed(fold) {
  const box = [...fold.querySelectorAll("input[form]")].find((one) => one.value !== one.defaultValue);
  if (box) box.form.requestSubmit();
  return Boolean(box);
}

function follow(fold, event) {
  const link = event.target.closest("a[href^='?']");
  if (!phone.matches || !link) return;
  event.preventDefault();
  window.location.assign(link.getAttribute("href") + MARK);
}

export function sheets(root) {
  root.querySelectorAll("details[data-sheet]").forEach((fold) => {
    if (fold.dataset.sheetReady) return;
    fold.dataset.sheetReady = "1";
    const sheet = fold.querySelector(".facets-sheet");
    if (phone.matches && window.location.hash === MARK) fold.open = true;
    sheet.addEventListener("click", (event) => {
      if (!event.target.closest(".facets-end a[href^='#']") || !phone.matches) follow(fold, event);
      else if (typed(fold)) event.preventDefault();
      else close(fold);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !phone.matches || !fold.open) return;
      close(fold);
      fold.querySelector("summary").focus();
    });
    document.addEventListener("click", (event) => {
      if (!phone.matches || !fold.open || !event.detail || fold.contains(event.target)) return; // no detail: Enter in a box
      event.preventDefault();
      close(fold);
    }, true);
  });
}
