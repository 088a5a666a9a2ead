// Single keys where two reports are compared: a letter goes to a group of buttons, a number presses one of the group. They can
// be turned off, and are off while somebody types: everything works without.
const desk = document.querySelector("#desk");
const keys = desk.querySelector("[data-keys]");
const toggle = desk.querySelector("[data-keys-toggle]");
const OFF = "desk-keys-off";

function isOn() {
  return localStorage.getItem(OFF) !== "yes";
}

function show() {
  toggle.textContent = isOn() ? desk.dataset.off : desk.dataset.on;
  toggle.setAttribute("aria-pressed", String(isOn()));
}

const buttons = (group) => group?.querySelectorAll("button") ?? [];
const ACTS = { n: () => document.querySelector("#next"), u: () => document.querySelector("#take-back") };

function act(event) {
  if (!isOn() || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  const group = /^[a-z]$/.test(key) && document.querySelector(`[data-group="${key}"]`);
  const button = buttons(document.activeElement.closest("[data-group]"))[Number(event.key) - 1];
  if (group) buttons(group)[0].focus();
  else if (key === "i") document.querySelector("#identities").focus();
  else if (button) button.click();
  else if (ACTS[key]?.()) ACTS[key]().click();
  else return;
  event.preventDefault();
}

keys.hidden = false;
show();
toggle.addEventListener("click", () => {
  localStorage.setItem(OFF, isOn() ? "yes" : "no");
  show();
});
document.addEventListener("keydown", act);
