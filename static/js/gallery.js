// [data-gallery]: a thumbnail moves the strip, not the page; the strip says which picture it shows. Without script the links do.
function arm(gallery) {
  const strip = gallery.querySelector(".gallery-strip");
  const links = Array.from(gallery.querySelectorAll(".gallery-thumbs a"));
  if (gallery.dataset.galleryReady || !links.length) return;
  gallery.dataset.galleryReady = "1";
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const mark = (at) => links.forEach((link, index) => {
    if (index === at) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  links.forEach((link, index) => link.addEventListener("click", (event) => {
    event.preventDefault();
    strip.scrollTo({ left: index * strip.clientWidth, behavior: calm ? "auto" : "smooth" });
    mark(index);
  }));
  strip.addEventListener("scrollend", () => mark(Math.round(strip.scrollLeft / strip.clientWidth)));
}

export function galleries(root) {
  root.querySelectorAll("[data-gallery]").forEach(arm);
}
