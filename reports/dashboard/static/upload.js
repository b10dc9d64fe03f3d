// Upload with progress, and files dropped onto the page. Without this script the form does the same, silently.
"use strict";
for (const form of document.querySelectorAll("[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  const shown = form.querySelector("[data-progress]");
  const bar = shown.querySelector("progress");
  const words = shown.querySelector("[role=status]");
  form.querySelector("[data-can-drop]").hidden = false;
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.remove("over"); });
  }
  drop.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; form.requestSubmit(); }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.onprogress = (at) => {
      if (at.lengthComputable) {
        bar.value = (100 * at.loaded) / at.total;
        words.textContent = `${Math.round(bar.value)} % of ${(at.total / 1e6).toFixed(1)} MB`;
      }
    };
    request.onload = () => {
      if (request.status === 200) { location.assign(request.responseURL); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const why = page.querySelector(".notice p:last-child, .empty p");
      words.textContent = why ? why.textContent : `Not uploaded (${request.status}).`;
      button.disabled = false;
    };
    request.onerror = () => { words.textContent = "The connection broke off. Nothing was kept; try again."; button.disabled = false; };
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    shown.hidden = false;
    request.send(new FormData(form));
  });
}
