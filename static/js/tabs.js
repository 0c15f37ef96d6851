// nav[data-tabs] whose links all point into this page: shows one section at a time; without script it is a list of jumps.
function arm(nav) {
  const links = Array.from(nav.querySelectorAll("a"));
  const parts = links.map((link) => document.getElementById((link.getAttribute("href") || "").slice(1)));
  if (nav.dataset.tabsReady || !links.length || parts.some((part) => !part)) return;
  nav.dataset.tabsReady = "1";
  nav.setAttribute("role", "tablist");
  const show = (at) => links.forEach((link, index) => {
    link.setAttribute("aria-selected", String(index === at));
    link.tabIndex = index === at ? 0 : -1;
    parts[index].hidden = index !== at;
  });
  links.forEach((link, index) => {
    link.id = link.id || `tab-${parts[index].id}`;
    link.removeAttribute("aria-current");
    link.setAttribute("role", "tab");
    link.setAttribute("aria-controls", parts[index].id);
    parts[index].setAttribute("role", "tabpanel");
    parts[index].setAttribute("aria-labelledby", link.id);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(index);
      history.replaceState(null, "", link.hash);
    });
    link.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = (index + step + links.length) % links.length;
      show(next);
      links[next].focus();
    });
  });
  show(Math.max(0, links.findIndex((link) => link.hash === window.location.hash)));
}

export function tabs(root) {
  root.querySelectorAll("nav[data-tabs]").forEach(arm);
}
