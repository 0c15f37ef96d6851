// [data-viewer]: one page of a paper, fetched as the server draws it. Its links turn the page, enlarge and turn the picture
// here; with a modifier key, and without script, they are addresses of their own. a[data-paper] leads to a paper: into the
// viewer that stands in the page ([data-paper-pane]), else into a sheet at the side.
const LEVELS = ["zoom-1", "zoom-2", "zoom-3", "zoom-4"];
const QUARTER = 90;
const NEAR = 1.2; // device pixels for each of the picture, from where the sharper one is taken
const KEYS = {
  ArrowLeft: "before", ArrowRight: "next", PageUp: "before", PageDown: "next", "+": "larger", "=": "larger", "-": "smaller", 0: "fit", r: "turn", R: "turn",
};
const plainly = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

// What the server says of this place; null where it says something else (who has been signed out sees the sign-in).
async function fetched(url) {
  const answer = await fetch(url, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return answer.ok ? page.querySelector("[data-viewer]") : null;
}

// What was asked for last at each place: an answer to an earlier question comes too late.
const asked = new WeakMap();

async function show(old, url, { focus = false, alone = "" } = {}) {
  const question = {};
  let made = null;
  asked.set(old, question);
  try { made = await fetched(url); } catch { /* no line: the page itself says it */ }
  if (!old.isConnected || asked.get(old) !== question) return;
  asked.delete(old);
  if (!made) {
    fail(old, alone || url);
    return;
  }
  const held = old.contains(document.activeElement) && document.activeElement.dataset.act;
  const stage = old.querySelector(".viewer-stage");
  if (stage) stage.dataset.across = stage.scrollLeft / Math.max(1, stage.scrollWidth - stage.clientWidth);
  old.replaceWith(document.adoptNode(made));
  arm(made, old);
  const sheet = made.closest(".viewer-side");
  if (focus || held) (made.querySelector(`[data-act="${held}"]:not([hidden])`) || made.querySelector(".viewer-stage") || made).focus({ preventScroll: sheet !== null });
  if (sheet) settle(sheet, made);
  made.dispatchEvent(new CustomEvent("viewer:shown", { bubbles: true }));
}

// The sheet is called after its paper and shows the place, its page as a whole is as high as it is.
function settle(sheet, viewer) {
  const mark = viewer.querySelector(".viewer-mark");
  sheet.querySelector("strong").textContent = viewer.dataset.name;
  if (mark) mark.scrollIntoView({ block: "center" });
}

function fail(old, url) {
  const words = document.createElement("p");
  const link = document.createElement("a");
  words.className = "viewer-words";
  words.setAttribute("role", "alert");
  link.href = url.replace(/\/(part|wait)\//, "/view/");
  link.textContent = "在新页面打开";
  link.target = "_blank";
  words.append("没有取到这份材料，可能是网络中断或登录已经结束。", link);
  old.querySelectorAll(".viewer-words").forEach((earlier) => earlier.remove());
  old.prepend(words);
}

function go(viewer, href, options) {
  const address = new URL(href, window.location.href);
  const turn = Number(viewer.dataset.turn || 0);
  if (turn) address.searchParams.set("turn", turn); else address.searchParams.delete("turn");
  if (viewer.closest("[data-viewer-alone]")) history.replaceState(null, "", address);
  document.dispatchEvent(new CustomEvent("viewer:asked"));
  return show(viewer, viewer.dataset.viewer + address.search, { ...options, alone: address.href });
}

function lay(viewer) {
  const image = viewer.querySelector("image");
  const [wide, high] = [Number(image.getAttribute("width")), Number(image.getAttribute("height"))];
  const turn = Number(viewer.dataset.turn || 0);
  const moved = { 0: "", 90: `translate(${high} 0) `, 180: `translate(${wide} ${high}) `, 270: `translate(0 ${wide}) ` }[turn];
  image.parentNode.setAttribute("transform", `${moved}rotate(${turn})`);
  viewer.querySelector(".viewer-page").setAttribute("viewBox", turn % 180 ? `0 0 ${high} ${wide}` : `0 0 ${wide} ${high}`);
}

function zoom(viewer, next, x = 0.5, y = 0.5) {
  const stage = viewer.querySelector(".viewer-stage");
  const level = Math.min(Math.max(next, 0), LEVELS.length - 1);
  viewer.dataset.level = level;
  LEVELS.forEach((name, index) => stage.classList.toggle(name, index === level));
  const off = { smaller: level === 0, larger: level === LEVELS.length - 1 };
  viewer.querySelectorAll("[data-act]").forEach((control) => {
    if (control.dataset.act in off) control.setAttribute("aria-disabled", String(off[control.dataset.act]));
  });
  stage.scrollTo((stage.scrollWidth - stage.clientWidth) * x, (stage.scrollHeight - stage.clientHeight) * y);
  sharpen(viewer);
}

// The sharper picture is fetched once the shown one is larger than its pixels.
function sharpen(viewer) {
  const image = viewer.querySelector("image");
  const shown = image.getBoundingClientRect();
  const wide = Number(viewer.dataset.turn || 0) % 180 ? shown.height : shown.width;
  if (wide * window.devicePixelRatio > Number(image.getAttribute("width")) * NEAR) image.setAttribute("href", image.dataset.zoom);
}

function act(viewer, name) {
  const control = viewer.querySelector(`[data-act="${name}"]`);
  const level = Number(viewer.dataset.level || 0);
  if (!control) return false;
  if (name === "before" || name === "next" || name === "again") go(viewer, control.href, { focus: true });
  if (name === "larger") zoom(viewer, level + 1);
  if (name === "smaller") zoom(viewer, level - 1);
  if (name === "fit") zoom(viewer, 0);
  if (name === "turn") {
    viewer.dataset.turn = (Number(viewer.dataset.turn || 0) + QUARTER) % 360;
    lay(viewer);
    zoom(viewer, level);
  }
  return true;
}

// An enlarged picture is moved by dragging; a click without a way enlarges where it points.
function draggable(viewer, stage) {
  let from = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType === "mouse") from = { x: event.clientX, y: event.clientY, left: stage.scrollLeft, top: stage.scrollTop, far: false };
  });
  stage.addEventListener("pointermove", (event) => {
    if (!from || !(event.buttons & 1)) return;
    from.far = from.far || Math.abs(event.clientX - from.x) + Math.abs(event.clientY - from.y) > 4;
    stage.scrollTo(from.left - event.clientX + from.x, from.top - event.clientY + from.y);
  });
  stage.addEventListener("click", (event) => {
    const far = from && from.far;
    from = null;
    if (far) return;
    const box = stage.querySelector(".viewer-page").getBoundingClientRect();
    zoom(viewer, Number(viewer.dataset.level || 0) ? 0 : 2, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
}

function arm(viewer, before = null) {
  if (viewer.dataset.viewerReady) return;
  viewer.dataset.viewerReady = "1";
  viewer.addEventListener("click", (event) => {
    const control = event.target.closest("[data-act]");
    if (!control || !plainly(event)) return;
    if (control.dataset.act === "place") go(viewer, control.href, { focus: true });
    else if (!act(viewer, control.dataset.act)) return;
    event.preventDefault();
  });
  viewer.addEventListener("keydown", (event) => {
    const name = KEYS[event.key];
    const moves = event.key.startsWith("Arrow") && Number(viewer.dataset.level || 0); // an enlarged picture is moved by them
    if (!name || moves || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (act(viewer, name)) event.preventDefault();
  });
  const stage = viewer.querySelector(".viewer-page") && viewer.querySelector(".viewer-stage");
  if (stage) {
    viewer.querySelectorAll("button[hidden]").forEach((button) => { button.hidden = false; });
    draggable(viewer, stage);
    zoom(viewer, before ? Number(before.dataset.level || 0) : 0, across(before), 0);
    const mark = viewer.querySelector(".viewer-mark");
    if (mark) stage.scrollTop += mark.getBoundingClientRect().top - stage.getBoundingClientRect().top - stage.clientHeight / 3;
  }
  if (viewer.dataset.wait) wait(viewer);
}

// How far to the right an enlarged page has been moved: the next one is read from there.
function across(before) {
  const stage = before && before.querySelector(".viewer-stage");
  return stage ? Number(stage.dataset.across || 0) : 0;
}

const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

function wait(viewer) {
  const address = new URL(viewer.dataset.wait, window.location.href);
  address.searchParams.set("tries", viewer.dataset.tries);
  setTimeout(() => { if (viewer.isConnected && !asked.has(viewer)) show(viewer, address.href); }, Number(viewer.dataset.pause));
}

// [data-viewer-lazy]: a viewer that is fetched when it comes to be seen.
const seen = typeof IntersectionObserver === "undefined" ? null : new IntersectionObserver((entries) => entries.forEach((entry) => {
  if (!entry.isIntersecting) return;
  seen.unobserve(entry.target);
  show(entry.target, entry.target.dataset.viewerLazy);
}));

function inPage(link) {
  const address = new URL(link.href);
  const pane = Array.from(document.querySelectorAll("[data-paper-pane]")).find((one) => one.dataset.paperPane === address.pathname);
  if (!pane) return false;
  const tab = document.querySelector(`[data-tabs] a[href="#${pane.id}"]`);
  if (tab) tab.click();
  const place = pane.querySelector("[data-viewer], [data-viewer-lazy]");
  if (seen && place.dataset.viewerLazy) seen.unobserve(place);
  show(place, link.dataset.paper + address.search, { focus: true, alone: link.href });
  pane.closest("section").scrollIntoView({ block: "nearest" });
  return true;
}

// The sheet at the side: what is typed beside it stays in reach; on a narrow screen it is all there is.
let side = null;

function sideSheet() {
  if (side) return side;
  side = document.createElement("dialog");
  side.className = "viewer-side";
  side.setAttribute("aria-label", "材料");
  const head = document.createElement("div");
  head.className = "viewer-side-head";
  const name = document.createElement("strong");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn-plain btn-sm";
  close.textContent = "关闭";
  close.addEventListener("click", () => side.close());
  side.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) { event.preventDefault(); side.close(); } });
  head.append(name, close);
  side.append(head);
  document.body.append(side);
  return side;
}

function beside(link) {
  const sheet = sideSheet();
  const address = new URL(link.href);
  sheet.querySelectorAll("[data-viewer], [data-viewer-lazy]").forEach((earlier) => earlier.remove());
  const place = document.createElement("div");
  place.className = "viewer";
  place.dataset.viewerLazy = "";
  place.tabIndex = -1;
  sheet.append(place);
  sheet.querySelector("strong").textContent = link.textContent;
  if (!sheet.open) {
    if (window.matchMedia("(max-width: 991.98px)").matches) sheet.showModal(); else sheet.show();
  }
  sheet.onclose = () => { if (link.isConnected) link.focus(); };
  show(place, link.dataset.paper + address.search, { focus: true, alone: link.href });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-paper]");
  if (!link || !plainly(event)) return;
  event.preventDefault();
  if (!inPage(link)) beside(link);
});

export function viewers(root) {
  root.querySelectorAll("[data-viewer]").forEach((viewer) => arm(viewer));
  if (seen) root.querySelectorAll("[data-viewer-lazy]").forEach((place) => seen.observe(place));
}
