// data-upload: a drop area around a file input; names, sizes and thumbnails of what was chosen, a reason beside what is too large.
const MOST = 20 * 1024 * 1024;
const touch = window.matchMedia("(pointer: coarse)");

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function kindFits(input, file) {
  const kinds = (input.accept || "").split(",").map((kind) => kind.trim()).filter(Boolean);
  return !kinds.length || kinds.some((kind) => kind === file.type || file.name.toLowerCase().endsWith(kind));
}

function reason(input, file) {
  if (!kindFits(input, file)) return "不支持这种文件，请换一种格式。";
  if (file.size > MOST) return "超过 20 MB，请压缩后再传。";
  return file.size ? "" : "这是一个空文件，请重新选择。";
}

function without(input, index) {
  const kept = new DataTransfer();
  Array.from(input.files).forEach((file, at) => { if (at !== index) kept.items.add(file); });
  input.files = kept.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function thumbnail(file) {
  const image = document.createElement("img");
  image.alt = "";
  const reader = new FileReader();
  reader.addEventListener("load", () => { image.src = reader.result; });
  reader.readAsDataURL(file);
  return image;
}

function entry(input, file, index) {
  const row = document.createElement("li");
  if (file.type.startsWith("image/")) row.append(thumbnail(file));
  const name = document.createElement("span");
  name.className = "drop-name";
  name.textContent = `${file.name}（${size(file.size)}）`;
  const bad = reason(input, file);
  if (bad) {
    const words = document.createElement("span");
    words.className = "drop-bad";
    words.textContent = ` ${bad}`;
    name.append(words);
  }
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "btn btn-sm btn-plain";
  remove.textContent = "移除";
  remove.setAttribute("aria-label", `移除 ${file.name}`);
  remove.addEventListener("click", () => { without(input, index); input.focus(); });
  row.append(name, remove);
  return row;
}

function take(input, files) {
  const taken = new DataTransfer();
  const old = input.multiple ? Array.from(input.files) : [];
  [...old, ...(input.multiple ? files : files.slice(0, 1))].forEach((file) => taken.items.add(file));
  input.files = taken.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// Where fingers point, a button opens the camera at once. It is an input of its own: `capture` on the one that is sent would
// leave no other choice than the camera.
function offerCamera(area, input) {
  if (!touch.matches || !input.accept.includes("image/")) return;
  const shot = document.createElement("input");
  Object.assign(shot, { type: "file", accept: "image/*", hidden: true });
  shot.setAttribute("capture", "environment");
  shot.addEventListener("change", () => { take(input, Array.from(shot.files)); shot.value = ""; });
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-plain btn-sm drop-camera", textContent: "拍照" });
  button.addEventListener("click", () => shot.click());
  area.querySelector(".drop-button").after(button);
  area.append(shot);
}

function prepare(area) {
  const input = area.querySelector("input[type=file]");
  const list = area.querySelector(".drop-list");
  if (!input || !list || area.dataset.uploadReady) return;
  area.dataset.uploadReady = "1";
  area.classList.add("drop-ready");
  const over = (on) => (event) => { event.preventDefault(); area.classList.toggle("drop-over", on); };
  area.addEventListener("dragover", over(true));
  area.addEventListener("dragleave", over(false));
  area.addEventListener("drop", (event) => {
    over(false)(event);
    take(input, Array.from(event.dataTransfer.files));
  });
  offerCamera(area, input);
  input.addEventListener("change", () => list.replaceChildren(...Array.from(input.files, (file, at) => entry(input, file, at))));
}

export function uploads(root) {
  root.querySelectorAll("[data-upload]").forEach(prepare);
}
