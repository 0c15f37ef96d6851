// form[data-autosave]: what is typed is saved on the server while one types, beside the case and never into it. What lies there
// from before, one's own or a colleague's, is shown as differences to choose from; nothing is filled in by itself.
const PAUSE = 2000; // milliseconds after the last key
const LEAST = 10000; // between two saves while somebody types on
const UNDECIDED = "您之前填写的内容还没有恢复（见页面上方的提示），现在提交的是页面上的内容。确定继续吗？";
const SKIPPED = /^(csrfmiddlewaretoken|once|act|acting|autosaved|slot|kept|paper_kept|open_row)$/;

function typedIn(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) if (value instanceof File || SKIPPED.test(name)) data.delete(name);
  return data;
}

function values(pairs) {
  const found = new Map();
  for (const [name, value] of pairs) if (name !== "seen" && String(value) !== "") found.set(name, [...(found.get(name) || []), String(value)]);
  return found;
}

// A line break is one character here and two in a form that was sent.
const same = (one, other) => JSON.stringify(one || []).replaceAll("\\r\\n", "\\n") === JSON.stringify(other || []).replaceAll("\\r\\n", "\\n");

function fieldsOf(form, name) {
  return Array.from(form.elements).filter((field) => field.name === name && field.type !== "hidden" && field.type !== "file");
}

// What was changed since the page was opened, and nothing else: what nobody has touched is no version of his. A field that
// was emptied is sent empty.
function changedIn(form, start) {
  const [data, here] = [typedIn(form), values(typedIn(form))];
  [...start.keys(), ...here.keys()].forEach((name) => {
    if (same(here.get(name), start.get(name))) data.delete(name);
    else if (!here.has(name)) data.set(name, "");
  });
  [...new Set(data.keys())].forEach((name) => { if (!start.has(name) && !here.has(name) && name !== "seen") data.delete(name); });
  return data;
}

function differences(form, fields) {
  const [here, there] = [values(typedIn(form)), values(fields)];
  return [...new Set(fields.map(([name]) => name))]
    .filter((name) => fieldsOf(form, name).length && !same(here.get(name), there.get(name)))
    .map((name) => [name, there.get(name) || []]);
}

function fill(form, changes) {
  changes.forEach(([name, list]) => fieldsOf(form, name).forEach((field) => {
    if (field.type === "checkbox" || field.type === "radio") field.checked = list.includes(field.value);
    else if (field.multiple) Array.from(field.options).forEach((option) => { option.selected = list.includes(option.value); });
    else field.value = list[0] || "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }));
}

function isOneOfMany(field) {
  return field.type === "checkbox" && fieldsOf(field.form, field.name).length > 1;
}

function labelOf(field) {
  let group = field.type === "radio" || isOneOfMany(field) ? field.closest("fieldset") : null;
  while (group && group.parentElement.closest("fieldset")) group = group.parentElement.closest("fieldset"); // of lists in a list
  const label = (group && group.querySelector("legend")) || (field.labels && field.labels[0]);
  return label ? label.textContent.replace(/[\s*⁠]+|（必填）/g, "") : "";
}

// A box as it is read without its neighbours: 银行回单第 1 行.
function wordsOf(box) {
  const [label, group] = [box.labels[0].textContent.trim(), box.closest("fieldset")];
  const list = group && group.parentElement.closest("fieldset") && group.previousElementSibling && group.querySelector("legend");
  return list ? list.textContent.trim() + label : label;
}

function readable(form, name, list) {
  const [first] = fieldsOf(form, name);
  const shown = list.map((value) => {
    if (first.tagName === "SELECT") return (Array.from(first.options).find((option) => option.value === value) || { text: value }).text;
    if (first.type !== "radio" && first.type !== "checkbox") return value;
    const chosen = fieldsOf(form, name).find((field) => field.value === value);
    return (first.type === "radio" || isOneOfMany(first)) && chosen && chosen.labels[0] ? wordsOf(chosen) : "已勾选";
  });
  return `${labelOf(first)}：${shown.join("、") || "（空）"}`;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function button(words, act) {
  const made = element("button", "btn btn-sm btn-plain", words);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function offer(form, words, draft, labels, drop) {
  const changes = differences(form, draft.fields);
  if (!changes.length) return null;
  const note = element("div", "note note-warning draft-offer");
  note.setAttribute("role", "status");
  const body = element("div");
  const list = element("ul");
  changes.forEach(([name, value]) => list.append(element("li", "", readable(form, name, value))));
  const acts = element("div", "acts");
  acts.append(
    button(labels[0], () => { fill(form, changes); note.remove(); }),
    button(labels[1], () => { note.remove(); drop(); }),
  );
  body.append(element("p", "", words), list, acts);
  note.append(body);
  const [inside, head] = [form.querySelector(".dialog-body"), document.querySelector("main .page-head")];
  if (inside) inside.prepend(note);
  else if (head) head.after(note); // in sight, also on a phone
  else form.before(note);
  return note;
}

function arm(form) {
  if (form.dataset.autosaveReady) return;
  form.dataset.autosaveReady = "1";
  const address = document.body.dataset.drafts;
  const token = form.dataset.autosave;
  const start = values(typedIn(form));
  let [timer, last, away, waiting] = [0, 0, false, null]; // waiting: {note, fields} of one's own that is not decided on
  const bar = form.id && document.querySelector(`[data-saved="${form.id}"]`); // a bar that stands behind its form
  const place = bar || form.querySelector("[data-saved]") || form.appendChild(element("p", "saved small quiet"));
  place.setAttribute("role", "status");
  const say = (words) => { place.textContent = words; };

  const post = (data) => {
    data.set("draft_token", token);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return fetch(address, { method: "POST", body: data, redirect: "manual", credentials: "same-origin" });
  };

  const mark = () => { // the server drops what is saved once the form is taken
    if (form.elements.autosaved) return;
    const field = element("input");
    [field.type, field.name, field.value] = ["hidden", "autosaved", token];
    form.append(field);
  };

  const save = async () => {
    clearTimeout(timer);
    timer = 0;
    last = Date.now();
    try {
      const data = changedIn(form, start);
      if (waiting) waiting.fields.forEach(([name, value]) => { if (!data.has(name)) data.append(name, value); });
      const answer = await post(data);
      if (!answer.ok) throw new Error(answer.type);
      const told = await answer.json();
      const others = told.others.map((draft) => `${draft.who} ${draft.at} 也在填写`).join("；");
      say(`已自动保存 ${told.at}，还没有提交${others ? `；${others}，重新打开这个页面可以对照选择` : ""}`);
      mark();
      if (!Array.from(form.elements).some((field) => field.type === "file" && field.files.length)) form.dispatchEvent(new CustomEvent("tten:saved"));
    } catch (error) {
      say(error.message === "opaqueredirect" ? "登录已结束，没有自动保存；直接提交会保留您填写的内容" : "没有自动保存成功，填写的内容还在页面上");
    }
  };
  const soon = () => {
    if (away) return;
    clearTimeout(timer);
    timer = setTimeout(save, Date.now() - last > LEAST ? PAUSE : LEAST);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", (event) => {
    if (waiting && waiting.note.isConnected && !window.confirm(UNDECIDED)) {
      event.preventDefault();
      waiting.note.scrollIntoView({ block: "center" });
      return;
    }
    away = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && timer && !away) save(); });

  const look = async () => {
    const answer = await fetch(`${address}?draft_token=${encodeURIComponent(token)}`, { redirect: "manual", credentials: "same-origin" });
    if (!answer.ok) return;
    const { own, others } = await answer.json();
    if (own) mark();
    const drop = () => { const data = new FormData(); data.set("act", "drop-draft"); waiting = null; post(data); };
    others.filter((draft) => draft.fields).forEach((draft) => offer(
      form, `${draft.who} ${draft.at} 也在填写这份内容，还没有保存。与现在的内容不同的是：`, draft, ["采用这些内容", "不采用"], () => {},
    ));
    if (own && form.dataset.warnLeave !== "now") {
      const note = offer(form, `您 ${own.at} 填写的内容已自动保存，还没有提交。与现在的内容不同的是：`, own, ["恢复这些内容", "不要了"], drop);
      if (note) waiting = { note, fields: own.fields };
    }
  };
  look().catch(() => {});
}

export function autosaves(root) {
  root.querySelectorAll("form[data-autosave]").forEach(arm);
}
