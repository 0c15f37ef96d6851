import { keysOn } from "./keys.js";

// [data-phrases="id"]: words for the box of that id. A click or Alt and the phrase's number puts them where the cursor is and loses nothing
// of what stands there; those that do not go with the chosen verdict and reason step aside. An empty box is offered the default words; they
// give way to other default words, never the other way round: what was typed stays.
const FIELD = /\{([^{}\n]{1,12})\}/g;

function marked(form) {
  const boxes = Array.from(form.querySelectorAll("[name=corrections]:checked"));
  return boxes.map((box) => {
    const label = box.closest(".form-check").querySelector("label").textContent.trim();
    const branch = box.closest(".tree-branch");
    if (!branch || !branch.previousElementSibling) return label;  // a field: the lists stand behind the fields
    const list = branch.querySelector("legend").textContent.trim();
    return box.value.includes(":") ? list + label : list;
  }).join("、");
}

function cause(form) {
  const chosen = form.querySelector("[name=reason] option:checked");
  return chosen && chosen.value ? chosen.textContent.trim() : "";
}

function filled(form, text) {
  const known = { "需修改的内容": marked(form), "缺少的材料": marked(form), "不通过的原因": cause(form) };
  return text.replace(FIELD, (whole, name) => known[name] || whole);
}

function tell(box) {
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function insert(box, text) {
  const before = box.value.slice(0, box.selectionStart);
  const gap = before && !/[\s，。；：、]$/.test(before) ? "\n" : "";
  box.setRangeText(gap + text, box.selectionStart, box.selectionStart, "end");
  box.focus();
  tell(box);
}

export function phrases(root) {
  root.querySelectorAll("[data-phrases]").forEach((list) => {
    const box = document.getElementById(list.dataset.phrases);
    const form = box && box.closest("form");
    if (!form || list.dataset.phrasesReady) return;
    list.dataset.phrasesReady = "1";
    const buttons = Array.from(list.querySelectorAll("[data-phrase]"));
    let offered = "";
    const put = (button) => {
      if (box.value === offered) box.value = "";
      offered = "";
      insert(box, filled(form, button.dataset.phrase));
    };
    buttons.forEach((button) => button.addEventListener("click", () => put(button)));
    form.addEventListener("keydown", (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || !/^Digit[1-9]$/.test(event.code)) return;
      const button = buttons.find((one) => one.dataset.key === event.code.slice(5) && !one.closest("li").hidden);
      if (!button) return;
      event.preventDefault();
      put(button);
    });
    const show = () => {
      const data = new FormData(form);
      const [verdict, reason] = [data.get("verdict") || "", data.get("reason") || ""];
      const fits = (item) => {
        const row = item.dataset;
        return (!verdict || !row.verdict || row.verdict === verdict) && (!row.reason || row.reason === reason);
      };
      list.querySelectorAll("li").forEach((item) => { item.hidden = !fits(item); });
      if (!verdict || (box.value !== "" && box.value !== offered)) return;
      const defaults = buttons.filter((one) => "default" in one.dataset && one.closest("li").dataset.verdict === verdict && fits(one.closest("li")));
      const best = defaults.find((one) => one.closest("li").dataset.reason) || defaults[0];
      const words = best ? filled(form, best.dataset.phrase) : "";
      if (words === box.value) return;
      offered = box.value = words;
      tell(box);
    };
    form.addEventListener("change", (event) => { if (event.target !== box) show(); });
    show();
  });
}

// [data-express]: the key Q presses it, while no field has the focus and keys are on.
document.addEventListener("keydown", (event) => {
  const button = document.querySelector("[data-express]");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (!button || typing || !keysOn() || event.key.toLowerCase() !== "q" || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  event.preventDefault();
  button.click();
});
