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

// nav.product-nav: a category is one stop of the Tab key. Right goes to what is below it, left back to it; up and down go
// to the next one of the same level. Without script every link is a stop.
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function stop(links, link) {
  links.forEach((each) => { each.tabIndex = each === link ? 0 : -1; });
  link.focus();
}

function walk(nav, event) {
  const link = event.target.closest("li > a");
  const top = link && link.closest("details > ul > li");
  if (!top) return;
  const [parent, ...below] = Array.from(top.querySelectorAll("a"));
  const level = link === parent ? Array.from(nav.querySelectorAll("details > ul > li > a")) : below;
  if (event.key === "ArrowRight" && link === parent && below.length) stop([parent, ...below], below[0]);
  else if (event.key === "ArrowLeft" && link !== parent) stop([parent, ...below], parent);
  else if (event.key in STEPS) {
    const next = level[(level.indexOf(link) + STEPS[event.key] + level.length) % level.length];
    if (link === parent) next.focus();
    else stop([parent, ...below], next);
  } else return;
  event.preventDefault();
}

export function roving(root) {
  root.querySelectorAll("nav.product-nav").forEach((nav) => {
    if (nav.dataset.rovingReady) return;
    nav.dataset.rovingReady = "1";
    nav.querySelectorAll("li > ul a").forEach((link) => { link.tabIndex = -1; });
    nav.addEventListener("keydown", (event) => walk(nav, event));
    nav.addEventListener("focusout", (event) => { // who comes back with Tab is at the category again
      const top = event.target.closest("details > ul > li");
      if (!top || top.contains(event.relatedTarget)) return;
      top.querySelectorAll("a").forEach((link, at) => { link.tabIndex = at ? -1 : 0; });
    });
  });
}
