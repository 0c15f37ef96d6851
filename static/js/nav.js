// .folds are <details open> navigations: open on a wide screen, folded on a phone until asked for.
const phone = window.matchMedia("(max-width: 767.98px)");

export function folds(root) {
  root.querySelectorAll("details.folds").forEach((fold) => {
    if (fold.classList.contains("folds-ready")) return;
    const set = () => { fold.open = !phone.matches; };
    set();
    fold.classList.add("folds-ready");
    phone.addEventListener("change", set);
  });
}
