// Chooses the browser's own time zone where none was chosen yet; without it, people choose from the list.
const list = document.getElementById("f-zone");
if (list && list.selectedOptions[0] && "unsaid" in list.selectedOptions[0].dataset) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...list.options].some((option) => option.value === here)) list.value = here;
}
