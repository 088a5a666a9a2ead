// The small piece of work that a page without sign-in asks of the browser, done while the page is filled in.
// Finds a number for which the SHA-256 of "challenge:number" begins with the asked number of zero bits. Without this script
// the page can still be sent, after a wait.
const form = document.querySelector("form[data-challenge]");
const ROUND = 256;

function zeroBits(hash) {
  const bytes = new Uint8Array(hash);
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? bytes.length * 8 : first * 8 + Math.clz32(bytes[first]) - 24;
}

async function solve(challenge, bits) {
  const encoder = new TextEncoder();
  for (let start = 0; ; start += ROUND) {
    const tries = Array.from({ length: ROUND }, (_, index) => encoder.encode(`${challenge}:${start + index}`));
    const hashes = await Promise.all(tries.map((text) => crypto.subtle.digest("SHA-256", text)));
    const found = hashes.findIndex((hash) => zeroBits(hash) >= bits);
    if (found >= 0) return start + found;
    await new Promise((goOn) => setTimeout(goOn));
  }
}

if (form && window.crypto && crypto.subtle) {
  const answer = form.elements.namedItem("proof");
  const status = form.querySelector("[data-waiting]");
  let waits = false;
  const solved = solve(form.dataset.challenge, Number(form.dataset.bits)).then((number) => {
    answer.value = String(number);
  });

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (answer.value || (button && button.name === "site-language")) return;
    event.preventDefault();
    if (waits) return;
    waits = true;
    status.textContent = status.dataset.waiting;
    await solved;
    status.textContent = "";
    if (button) form.requestSubmit(button);
    else form.requestSubmit();
  });
}
