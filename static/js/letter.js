// [data-letter]: beside a decision stands the message that it would send, asked for anew a moment after each change.
const PAUSE = 400; // milliseconds after the last change
const AWAY = "现在取不到消息，可能是网络中断或登录已经结束；填写的内容还在页面上。";

function arm(place) {
  if (place.dataset.letterReady) return;
  place.dataset.letterReady = "1";
  const form = place.closest("form");
  form.querySelectorAll(".without-script").forEach((button) => button.remove()); // so that Enter takes the decision itself
  let [timer, last, asked] = [0, "", null];

  const ask = async () => {
    const data = new FormData(form);
    ["once", "autosaved"].forEach((name) => data.delete(name)); // nothing is carried out, and nothing dropped that was saved
    const body = new URLSearchParams(data);
    if (String(body) === last) return;
    last = String(body);
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(place.dataset.letter, {
        method: "POST", body, headers: { "HX-Request": "true" }, redirect: "manual", credentials: "same-origin", signal: asked.signal,
      });
      if (!answer.ok) throw new Error(answer.type);
      place.innerHTML = await answer.text();
    } catch (error) {
      if (error.name === "AbortError") return;
      last = "";
      place.textContent = AWAY;
    }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  if (form.querySelector("[name=verdict]:checked")) soon(); // what came back chosen: after a refusal, or 撤回
  form.addEventListener("submit", () => { clearTimeout(timer); if (asked) asked.abort(); });
}

export function letters(root) {
  root.querySelectorAll("[data-letter]").forEach(arm);
}
