// Signing on the screen: what is drawn in the box becomes a picture in the file field, and goes the way of any file.
// Nothing of it is kept in the browser. Without this script a photo or PDF is added instead.
const area = document.querySelector("[data-signature]");
const field = document.querySelector("#id_attachment");
const LINE = 3;

if (area && field && "DataTransfer" in window) {
  const box = area.querySelector("canvas");
  const status = area.querySelector("[data-signature-status]");
  const pen = box.getContext("2d");
  let drawn = false;

  const empty = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, box.width, box.height);
    drawn = false;
  };
  const place = (event) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    return [((event.clientX - left) * box.width) / width, ((event.clientY - top) * box.height) / height];
  };

  box.addEventListener("pointerdown", (event) => {
    box.setPointerCapture(event.pointerId);
    Object.assign(pen, { lineWidth: LINE, lineCap: "round", lineJoin: "round", strokeStyle: "#0b0c0c" });
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  box.addEventListener("pointermove", (event) => {
    if (!box.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...place(event));
    pen.stroke();
    drawn = true;
    status.textContent = "";
  });
  area.querySelector("[data-signature-clear]").addEventListener("click", empty);
  area.querySelector("[data-signature-add]").addEventListener("click", async () => {
    if (!drawn) {
      status.textContent = status.dataset.empty;
      return;
    }
    const picture = await new Promise((done) => box.toBlob(done, "image/png"));
    const chosen = new DataTransfer();
    chosen.items.add(new File([picture], area.dataset.signature, { type: "image/png" }));
    field.files = chosen.files;
    field.form.requestSubmit(field.form.querySelector("button[value=add]"));
  });
  // Back out of the browser's memory shows no signature of somebody else.
  addEventListener("pageshow", (event) => { if (event.persisted) empty(); });
  empty();
  area.hidden = false;
}
