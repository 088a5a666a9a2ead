// Lets htmx put pieces of pages in place: the security policy takes markup from this named policy alone, and no scripts in it.
const pieces = { createHTML: (markup) => markup, createScript: () => "" };

htmx.registerExtension("pieces", {
  init: (internal) => internal.initSecurity(window.trustedTypes ? trustedTypes.createPolicy("htmx", pieces) : pieces),
});

// A page that was told to ask for itself anew asks for no more pieces: each answer would begin that again, and on a slow line
// the page would never come.
let leaves = false;
document.addEventListener("htmx:after:request", (event) => { leaves ||= event.detail.ctx.hx.refresh === "true"; });
document.addEventListener("htmx:before:request", (event) => { if (leaves) event.preventDefault(); });
