// textarea[data-count="50-2000"] counts its characters as the server does (ui/texts.py), while they are typed.
export function lengthOf(text) {
  return Array.from(text.replace(/\r\n?/g, "\n").replace(/^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g, "")).length;
}

function say(length, least, most) {
  if (length < least) return `已写 ${length} 字，还差 ${least - length} 字`;
  if (length > most) return `已写 ${length} 字，超出 ${length - most} 字`;
  return least || length ? `已写 ${length} 字` : "";
}

function count(area) {
  if (area.dataset.countReady) return;
  area.dataset.countReady = "1";
  const [least, most] = area.dataset.count.split("-").map(Number);
  const words = document.createElement("p");
  words.className = "form-text";
  words.setAttribute("role", "status");
  area.after(words);
  const show = () => { words.textContent = say(lengthOf(area.value), least, most); };
  area.addEventListener("input", show);
  show();
}

export function counts(root) {
  root.querySelectorAll("textarea[data-count]").forEach(count);
}
