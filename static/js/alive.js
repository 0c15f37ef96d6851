// [data-alive]: an open page in sight tells now and then that somebody is at it: the event `alive`, for htmx, every so many seconds.
let timer = 0;

function tell() {
  const state = document.querySelector("[data-alive]");
  if (state && document.visibilityState === "visible") state.dispatchEvent(new Event("alive"));
}

export function signs(root) {
  const state = document.querySelector("[data-alive]");
  if (root === document) document.addEventListener("visibilitychange", tell);
  if (timer || !state) return;
  timer = setInterval(tell, Number(state.dataset.alive) * 1000);
}
