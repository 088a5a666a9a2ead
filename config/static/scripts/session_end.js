// Says in time that the session ends, on a page that saves itself, and lets the reader stay. The server decides; this only warns.
const box = document.querySelector("#session-end");
const WARN_BEFORE = 120;
let last = Date.now();

function show(state) {
  box.hidden = !state;
  for (const part of box.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
}

function look() {
  const left = Number(box.dataset.seconds) - (Date.now() - last) / 1000;
  if (left <= 0) show("over");
  else show(left <= WARN_BEFORE ? "soon" : "");
}

async function stay() {
  const answer = await fetch(box.dataset.stay, { redirect: "manual" });
  if (answer.ok) last = Date.now();
  look();
}

// A page out of the browser's memory would be older than the draft.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

if (box) {
  box.querySelector("[data-stay-button]").addEventListener("click", stay);
  // A section that was saved was seen by the server as well.
  new MutationObserver(() => { last = Date.now(); look(); }).observe(document.querySelector("#saved") ?? box, { childList: true });
  setInterval(look, 5000);
}
