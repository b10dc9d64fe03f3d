// Read-outs along a run: one place under the pointer or the arrow keys, in every stream and on the map at once.
(() => {
  const figure = document.querySelector(".streams");
  if (!figure) return;
  const axis = figure.dataset.axis.split("|");
  const places = (figure.dataset.places || "").split("|");
  const walker = document.querySelector(".walker");
  const readout = figure.querySelector(".readout");
  const streams = [...figure.querySelectorAll(".stream")].map((stream) => ({
    svg: stream.querySelector("svg"),
    cursor: stream.querySelector(".cursor"),
    words: stream.dataset.words.split("|"),
    unit: stream.dataset.unit,
  }));
  let at = 0;
  const show = (number) => {
    at = Math.max(0, Math.min(axis.length - 1, number));
    for (const stream of streams) stream.cursor.setAttribute("d", `M${at + 0.5} 0v100`);
    readout.textContent = [axis[at], ...streams.map((s) => `${s.words[at]} ${s.unit}`)].join(" · ");
    if (walker) {
      const [x, y] = (places[at] || "-20 -20").split(" ");
      walker.setAttribute("cx", x);
      walker.setAttribute("cy", y);
    }
  };
  for (const { svg } of streams) {
    svg.addEventListener("pointermove", (event) => {
      const box = svg.getBoundingClientRect();
      show(Math.floor(((event.clientX - box.left) / box.width) * axis.length));
    });
    svg.setAttribute("tabindex", "0");
    svg.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -4, ArrowRight: 4, PageUp: -40, PageDown: 40, Home: -axis.length, End: axis.length };
      if (!(event.key in steps)) return;
      event.preventDefault();
      show(at + steps[event.key]);
    });
  }
  readout.hidden = false;
  readout.textContent = "Point at a line, or use the arrow keys on it, to read it.";
})();
