// data-capitals on an amount: shows it in Chinese capitals while typing, or the server's own sentence about what is wrong.
import { amount, amountFault } from "./figures.js";

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const UNITS = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿"];

function group(four) {
  let words = "";
  let zero = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(four / 10 ** place) % 10;
    if (digit) {
      words += (zero && words ? "零" : "") + DIGITS[digit] + UNITS[place];
      zero = false;
    } else zero = true;
  }
  return words;
}

function whole(yuan) {
  let words = "";
  let gap = false;
  for (let at = GROUPS.length - 1; at >= 0; at -= 1) {
    const four = Math.floor(yuan / 10000 ** at) % 10000;
    if (four) {
      if (words && (gap || four < 1000)) words += "零";
      words += group(four) + GROUPS[at];
      gap = false;
    } else gap = words !== "";
  }
  return words;
}

export function inCapitals(text) {
  const typed = amount(text);
  if (!typed) return "";
  const [yuan, fen] = typed;
  if (!yuan && !fen) return "";
  const [jiao, rest] = [Math.floor(fen / 10), fen % 10];
  let words = yuan ? `${whole(yuan)}元` : "";
  if (!fen) return `${words}整`;
  if (jiao) words += `${DIGITS[jiao]}角`;
  else if (yuan) words += "零";
  return words + (rest ? `${DIGITS[rest]}分` : "");
}

export function capitals(root) {
  root.querySelectorAll("[data-capitals]").forEach((input) => {
    if (input.dataset.capitalsReady) return;
    input.dataset.capitalsReady = "1";
    const words = document.createElement("p");
    words.className = "capitals";
    words.setAttribute("aria-live", "polite");
    (input.closest(".money-input") || input).after(words);
    const faults = JSON.parse(input.dataset.capitals);
    const told = document.getElementById(`${input.id}_error`)?.textContent || ""; // the server's word on this very box
    const show = () => {
      const fault = faults[amountFault(input.value)];
      words.textContent = fault ? (told.includes(fault) ? "" : fault) : inCapitals(input.value);
      words.classList.toggle("capitals-fault", Boolean(fault));
    };
    input.addEventListener("input", show);
    show();
  });
}
