// What is typed, read as the server reads it: ui/figures.py folds the same signs.
export function halfWidth(text) {
  const half = (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xFEE0);
  return text.replace(/[\uFF01-\uFF5E]/g, half).replace(/\uFFE5/g, "¥").replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\s\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g, "");
}

// [sign, yuan, fen] as typed; null for what is no number.
function parts(typed) {
  const match = /^([+-]?)(?:([0-9]{1,20})\.?([0-9]*)|\.([0-9]+))$/.exec(typed);
  return match && [match[1], match[2] || "", match[3] || match[4] || ""];
}

const bare = (text) => halfWidth(text).replace(/[,¥元]/g, "");

// The code of what is wrong with an amount, as MoneyField judges it (ui/fields.py); "" where nothing is, or nothing is typed.
export function amountFault(text) {
  const typed = bare(text);
  if (!typed) return "";
  const found = parts(typed);
  if (!found) return "invalid";
  const [sign, yuan, fen] = found;
  if (sign === "-" || !/[1-9]/.test(yuan + fen)) return "min_value";
  if (yuan.replace(/^0+/, "").length > 10) return "max_value";
  return /[1-9]/.test(fen.slice(2)) ? "max_decimal_places" : "";
}

// [yuan, fen] of an amount; null for what is none. 0 is one: there is tax of 0.
export function amount(text) {
  const found = parts(bare(text));
  if (!found || found[0] === "-" || !["", "min_value"].includes(amountFault(text))) return null;
  return [Number(found[1]), Number(found[2].slice(0, 2).padEnd(2, "0"))];
}
