// [data-needed="verdict reject send_back"]: the mark of a field that must be filled in while its form's `verdict` has one of the values.
export function needed(root) {
  root.querySelectorAll("[data-needed]").forEach((mark) => {
    const form = mark.closest("form");
    if (!form || mark.dataset.neededReady) return;
    mark.dataset.neededReady = "1";
    const [name, ...values] = mark.dataset.needed.split(" ");
    const label = mark.closest("label");
    const box = label && label.htmlFor ? document.getElementById(label.htmlFor) : null;
    const show = () => {
      const is = values.includes((new FormData(form)).get(name));
      mark.hidden = !is;
      if (box) box.setAttribute("aria-required", is ? "true" : "false");
    };
    form.addEventListener("change", show);
    show();
  });
}
