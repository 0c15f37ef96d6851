// input[data-suggest="address"]: while one types, at most five words of the catalog below the box; while it is empty, one's own
// last searches, which only this browser keeps. Arrows choose, Enter searches, Escape closes. Nothing is asked while
// characters are being composed. Without script the box is a box.
const PAUSE = 200; // milliseconds without a key
const KEPT = 5;
const FORGET = "清除最近搜索";
const STORE = "tten.searches";

function last() {
  try { return JSON.parse(localStorage.getItem(STORE) || "[]").filter((word) => typeof word === "string").slice(0, KEPT); } catch { return []; }
}

function keep(word) {
  const words = word.trim() ? [word.trim(), ...last().filter((other) => other !== word.trim())].slice(0, KEPT) : last();
  try { localStorage.setItem(STORE, JSON.stringify(words)); } catch { /* a browser that keeps nothing */ }
}

function build(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "搜索建议");
  list.hidden = true;
  input.after(list);
  const set = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  Object.entries(set).forEach(([name, value]) => input.setAttribute(name, value));
  return list;
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.list = build(input);
    this.place = -1;
    this.asked = 0;
    this.composing = false;
    input.addEventListener("compositionstart", () => { this.composing = true; });
    input.addEventListener("compositionend", () => { this.composing = false; this.later(); });
    input.addEventListener("input", () => this.later());
    input.addEventListener("focus", () => { if (!input.value) this.show(last(), true); });
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.key(event));
    input.form.addEventListener("submit", () => keep(input.value));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.click(event));
  }

  later() {
    clearTimeout(this.timer);
    if (this.composing) return;
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const typed = this.input.value.trim();
    const number = ++this.asked;
    if (!typed) { this.show(last(), true); return; }
    try {
      const answer = await fetch(`${this.input.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      const words = answer.ok ? (await answer.json()).words : [];
      if (number === this.asked && document.activeElement === this.input) this.show(words, false);
    } catch { this.close(); }
  }

  show(words, own) {
    const shown = own && words.length ? [...words, FORGET] : words;
    this.list.replaceChildren(...shown.map((word, place) => {
      const item = document.createElement("li");
      item.id = `${this.list.id}-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.word = word;
      item.textContent = word;
      if (own) item.className = word === FORGET ? "forget" : "own";
      return item;
    }));
    this.list.setAttribute("aria-label", own ? "最近搜索" : "搜索建议");
    this.place = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = !words.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.show([], false);
  }

  key(event) {
    if (event.isComposing || this.list.hidden) return;
    const many = this.list.children.length;
    if (event.key === "ArrowDown") this.mark((this.place + 1) % many);
    else if (event.key === "ArrowUp") this.mark((this.place - 1 + many) % many);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.place >= 0) { this.take(this.list.children[this.place]); return event.preventDefault(); }
    else return;
    event.preventDefault();
  }

  mark(place) {
    this.place = Math.max(place, 0);
    Array.from(this.list.children).forEach((item, each) => item.setAttribute("aria-selected", String(each === this.place)));
    this.input.setAttribute("aria-activedescendant", this.list.children[this.place].id);
  }

  click(event) {
    const item = event.target.closest("[role=option]");
    if (item) this.take(item);
  }

  take(item) {
    this.close();
    if (item.className === "forget") { localStorage.removeItem(STORE); return; }
    this.input.value = item.dataset.word;
    this.input.form.requestSubmit();
  }
}

export function suggests(root) {
  root.querySelectorAll("input[data-suggest]").forEach((input) => {
    if (input.dataset.suggestReady) return;
    input.dataset.suggestReady = "1";
    new Suggestions(input);
  });
}
