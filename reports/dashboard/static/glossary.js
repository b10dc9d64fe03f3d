// Leaves on the page only what holds all of the words looked for. Without it the page is whole, and the browser finds.
const box = document.getElementById("sift");
const field = document.getElementById("sift-words");
const count = document.getElementById("sift-count");
const told = [...document.querySelectorAll(".meaning")].map((part) => [part, part.textContent.toLowerCase()]);
const groups = [...document.querySelectorAll("section")];
box.hidden = false;
field.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const [part, text] of told) {
    part.hidden = !words.every((word) => text.includes(word));
    found += !part.hidden;
  }
  for (const group of groups) group.hidden = !group.querySelector(".meaning:not([hidden])");
  count.textContent = words.length ? `${found} of ${told.length}` : "";
});
