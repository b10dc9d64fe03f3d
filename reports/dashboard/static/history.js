// Read-outs for the history's picture: the week under the pointer, or the one that the arrow keys have come to.
(() => {
  const figure = document.getElementById("history");
  if (!figure) return;
  const plot = figure.querySelector(".plot");
  const readout = figure.querySelector(".readout");
  const weeks = [...plot.querySelectorAll(".hit")];
  let at = weeks.length - 1;
  const show = (number) => {
    weeks[at].classList.remove("on");
    at = Math.max(0, Math.min(weeks.length - 1, number));
    weeks[at].classList.add("on");
    readout.textContent = weeks[at].dataset.words;
  };
  const open = () => (location.href = weeks[at].dataset.week);
  weeks.forEach((week, number) => {
    week.addEventListener("pointerenter", () => show(number));
    week.addEventListener("click", open);
  });
  plot.setAttribute("tabindex", "0");
  plot.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -4, PageDown: 4, Home: -weeks.length, End: weeks.length };
    if (event.key in steps) {
      event.preventDefault();
      show(at + steps[event.key]);
    } else if (event.key === "Enter") {
      open();
    }
  });
  figure.querySelector(".only-script").hidden = false;
})();
