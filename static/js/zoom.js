// [data-zoom] around a picture: buttons to enlarge it inside its frame, where it can be moved by scrolling; a click does the same.
const LEVELS = ["zoom-1", "zoom-2", "zoom-3", "zoom-4"];

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-plain btn-sm";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function arm(frame) {
  if (frame.dataset.zoomReady) return;
  frame.dataset.zoomReady = "1";
  const picture = frame.querySelector("img");
  let level = 0;
  const go = (next, x = 0.5, y = 0.5) => {
    level = Math.min(Math.max(next, 0), LEVELS.length - 1);
    LEVELS.forEach((name, index) => frame.classList.toggle(name, index === level));
    larger.disabled = level === LEVELS.length - 1;
    smaller.disabled = level === 0;
    frame.scrollTo((frame.scrollWidth - frame.clientWidth) * x, (frame.scrollHeight - frame.clientHeight) * y);
  };
  const larger = button("放大", () => go(level + 1));
  const smaller = button("缩小", () => go(level - 1));
  const tools = document.createElement("div");
  tools.className = "paper-tools";
  tools.append(larger, smaller, button("适合宽度", () => go(0)));
  frame.before(tools);
  frame.tabIndex = 0; // the arrow keys move an enlarged picture
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    go(level ? 0 : 2, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
  go(0);
}

export function zooms(root) {
  root.querySelectorAll("[data-zoom]").forEach(arm);
}
