// What long forms need while typing: textarea[data-count="50-2000"] counts its characters; input[data-sum="a b"]
// offers the sum of its form's fields a and b until something else is typed; tr[data-fresh] takes the focus as it appears.
function count(area) {
  if (area.dataset.countReady) return;
  area.dataset.countReady = "1";
  const [least, most] = area.dataset.count.split("-").map(Number);
  const words = document.createElement("p");
  words.className = "form-text";
  words.setAttribute("role", "status");
  area.after(words);
  const show = () => {
    const length = Array.from(area.value.trim()).length;
    let rest = "";
    if (length < least) rest = `，还差 ${least - length} 字`;
    if (length > most) rest = `，超出 ${length - most} 字`;
    words.textContent = `已写 ${length} 字${rest}`;
  };
  area.addEventListener("input", show);
  show();
}

function fen(input) {
  const text = (input ? input.value : "").normalize("NFKC").replace(/[,¥\s]/g, "");
  const match = /^(\d{1,10})(?:\.(\d{0,2}))?$/.exec(text);
  return match ? Number(match[1]) * 100 + Number((match[2] || "").padEnd(2, "0")) : null;
}

function offerSum(total) {
  if (total.dataset.sumReady) return;
  total.dataset.sumReady = "1";
  const parts = total.dataset.sum.split(" ").map((name) => total.form.elements.namedItem(name));
  let offered = total.value === "" ? "" : null;
  total.addEventListener("input", () => { offered = total.value === "" ? "" : null; });
  parts.forEach((part) => part && part.addEventListener("input", () => {
    const amounts = parts.map(fen);
    if (offered === null || amounts.includes(null)) return;
    offered = (amounts.reduce((sum, amount) => sum + amount, 0) / 100).toFixed(2);
    total.value = offered;
  }));
}

function focusFresh(root) {
  const fresh = root.querySelector("tr[data-fresh]");
  if (!fresh) return;
  delete fresh.dataset.fresh;
  const first = fresh.querySelector(".is-invalid") || fresh.querySelector("select, input:not([type=hidden])");
  if (first) first.focus();
}

function prepare(root) {
  root.querySelectorAll("textarea[data-count]").forEach(count);
  root.querySelectorAll("input[data-sum]").forEach(offerSum);
  focusFresh(root);
}

prepare(document);
document.addEventListener("htmx:afterSwap", () => prepare(document));
// A blank row that is not wanted goes without asking the server; the lists' 添加 takes the focus again.
document.addEventListener("click", (event) => {
  const drop = event.target.closest("[data-row-drop]");
  if (!drop) return;
  event.preventDefault();
  const panel = drop.closest("section");
  drop.closest("tr").remove();
  const add = panel && panel.querySelector(".panel-head .btn");
  if (add) add.focus();
});
