// Whether something was typed, ticked or chosen below an element since the server sent it; a refused form counts as typed.
function differs(field) {
  if (field.type === "hidden" || field.disabled) return false;
  if (field.type === "file") return field.files.length > 0;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const marked = Array.from(field.options).some((option) => option.defaultSelected);
  return marked ? Array.from(field.options).some((option) => option.selected !== option.defaultSelected) : field.selectedIndex > 0;
}

export function isTyped(root) {
  if (root.querySelector(".is-invalid, .field-error, [data-warn-leave=now], [data-waiting]")) return true;
  return Array.from(root.querySelectorAll("input, select, textarea")).some(differs);
}
