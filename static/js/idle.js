// Says two minutes before the idle time-out that it comes; 继续使用 tells the server that somebody is there.
const dialog = document.querySelector("[data-idle]");
const KEY = "tten-awake"; // shared by the tabs of one browser: the session is one
const limit = Number(dialog.dataset.idle) * 1000;
const warning = Math.min(Number(dialog.dataset.idleWarning) * 1000, limit / 2);
const button = dialog.querySelector("[data-idle-stay]");
const [soon, over, left] = ["soon", "over", "left"].map((name) => dialog.querySelector(`[data-idle-${name}]`));

function awake() {
  localStorage.setItem(KEY, String(Date.now()));
}

function words(milliseconds) {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  return seconds > 60 ? `${Math.ceil(seconds / 60)} 分钟` : `${seconds} 秒`;
}

function say(isOver) {
  soon.hidden = isOver;
  over.hidden = !isOver;
  button.textContent = isOver ? "知道了" : "继续使用";
}

function look() {
  const rest = limit - (Date.now() - Number(localStorage.getItem(KEY)));
  if (rest > warning) {
    if (dialog.open) dialog.close();
    return;
  }
  say(rest <= 0);
  left.textContent = words(rest);
  if (!dialog.open && !dialog.dataset.dismissed) dialog.showModal();
}

async function stay() {
  if (!over.hidden) {
    dialog.dataset.dismissed = "yes";
    dialog.close();
    return;
  }
  const answer = await fetch(dialog.dataset.idleAwake, { redirect: "manual", credentials: "same-origin" });
  if (answer.status === 204) {
    awake();
    dialog.close();
  } else {
    say(true);
  }
}

button.addEventListener("click", stay);
dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  stay();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.elt.hasAttribute("data-unattended")) awake();
});
document.addEventListener("viewer:asked", awake);
awake();
setInterval(look, 1000);
