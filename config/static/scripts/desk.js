// Single keys on the review desk. They can be turned off, and are off while somebody types or chooses: everything works without.
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

function open(id) {
  const box = document.getElementById(id);
  box.open = true;
  box.querySelector("input[type=radio]").focus();
}

function identity() {
  const place = document.querySelector("#identity");
  (place.querySelector("input[type=radio]") ?? place.querySelector("#identity-heading"))?.focus();
}

const ACTS = {
  a: () => document.querySelector("#approve button[type=submit]").focus(),
  q: () => open("ask"),
  r: () => open("reject"),
  i: identity,
  l: () => document.querySelector("#later").click(),
};

function act(event) {
  if (!isOn() || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) return;
  const point = document.querySelectorAll("#approve input[type=checkbox]")[Number(event.key) - 1];
  if (point) point.focus(), point.click();
  else if (ACTS[event.key.toLowerCase()]) ACTS[event.key.toLowerCase()]();
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
// Whoever opened the identity goes on from there; it is not read aloud by itself, since somebody may be near.
document.addEventListener("htmx:after:swap", () => {
  if (document.querySelector("#identity dl")) document.querySelector("#identity-heading").focus();
});
