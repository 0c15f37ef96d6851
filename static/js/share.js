// [data-copy-address]: the address of the page, without what was clicked in it; [data-print]: the page on paper.
function arm(button) {
  const words = button.querySelector("span");
  const said = words.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(window.location.href.split("#")[0]);
      words.textContent = "已复制";
    } catch {
      words.textContent = "没有复制成功，请从地址栏复制";
    }
    window.setTimeout(() => { words.textContent = said; }, 3000);
  });
}

export function shares(root) {
  root.querySelectorAll("[data-copy-address]").forEach(arm);
  root.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
}
