// textarea[data-editor]: an editor with headings, lists, links and tables instead of markup. The text is sent by the box itself, and
// cleaned by the server whatever arrives; without script, or where the editor cannot load, the box takes plain text.
const WORDS = { // what the editor says of itself
  "Edit Link": "编辑链接", "URL": "网址", "Title": "说明", "Update": "更新", "Insert": "插入", "Cancel": "取消",
  "Open in new window": "在新窗口打开", "Insert Table": "插入表格", "Table Properties": "表格属性", "Rows": "行数", "Columns": "列数",
  "Include header row": "首行为表头", "List properties": "列表属性", "List type": "编号样式", "Start at": "起始编号",
  "Decimal numbers": "1、2、3", "Lowercase letters": "a、b、c", "Uppercase letters": "A、B、C",
  "Lowercase Roman numerals": "i、ii、iii", "Uppercase Roman numerals": "I、II、III", "Bullets": "圆点",
};
const ACTS = { // what a button is called → what it does
  "paragraph": "段落样式", "unordered list": "项目列表", "ordered list": "编号列表", "blockquote": "引用", "bold": "加粗", "italic": "斜体",
  "underline": "下划线", "insert link": "链接", "remove link": "去掉链接", "Insert table": "插入表格", "Add column": "插入列",
  "Delete column": "删除列", "Add row": "插入行", "Delete row": "删除行", "Merge cells": "合并单元格", "Split cell": "拆分单元格",
  "Toggle header cell": "设为表头", "Delete table": "删除表格", "undo": "撤销", "redo": "重做",
};
const KINDS = { H2: "标题", H3: "小标题", P: "正文" };
globalThis.gettext = (word) => WORDS[word] || word;

function inChinese(frame) {
  frame.querySelectorAll(".prose-menubar__picker .ProseMirror > *").forEach((kind) => {
    const own = kind.matches("h2, h3, p") ? kind : kind.querySelector("h2, h3, p");
    if (own) own.textContent = KINDS[own.tagName];
  });
  frame.querySelectorAll(".prose-menubar__button").forEach((button) => {
    const words = ACTS[button.title];
    if (words) {
      button.title = words;
      button.setAttribute("aria-label", words);
    }
  });
}

const boxes = document.querySelectorAll("textarea[data-editor]");

if (boxes.length) {
  const kit = await import("../django_prose_editor/editor.js");
  const Table = kit.Table.extend({ // without the widths that it would write into the page
    renderHTML: ({ HTMLAttributes: own }) => ["table", own, ["tbody", 0]],
  });
  boxes.forEach((box) => {
    const parts = [
      kit.Document, kit.Dropcursor, kit.Gapcursor, kit.Paragraph, kit.HardBreak, kit.Text, kit.History, kit.Menu, kit.NoSpellCheck,
      kit.Bold, kit.Italic, kit.Underline, kit.Link, kit.Heading.configure({ levels: [2, 3] }), kit.Blockquote,
      kit.BulletList, kit.OrderedList, kit.ListItem, Table, kit.TableRow, kit.TableHeader, kit.TableCell,
    ];
    const frame = document.createElement("div");
    frame.className = "prose-editor";
    box.before(frame);
    frame.append(box);
    const label = document.querySelector(`label[for="${box.id}"]`);
    const editor = new kit.Editor({
      element: frame,
      extensions: parts,
      content: box.value,
      injectCSS: false, // its styles stand in news.css: none is written into the page
      editorProps: {
        transformPastedHTML: (html) => html
          .replace(/\sstyle=("[^"]*"|'[^']*')/gi, "")
          .replace(/<(\/?)h1\b/gi, "<$1h2").replace(/<(\/?)h[4-6]\b/gi, "<$1h3"),
        attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label ? label.textContent.trim() : "" },
      },
      onCreate: () => inChinese(frame),
      onUpdate({ editor }) {
        box.value = editor.isEmpty ? "" : editor.getHTML();
        box.dispatchEvent(new Event("input", { bubbles: true }));
      },
    });
    const pictures = box.form && box.form.querySelector("[data-editor-pictures]");
    if (!pictures) return;
    frame.before(pictures);
    pictures.querySelectorAll("[data-token]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        editor.chain().focus().insertContent({ type: "paragraph", content: [{ type: "text", text: button.dataset.token }] }).run();
      });
    });
  });
}
