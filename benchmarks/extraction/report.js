for (const button of document.querySelectorAll("thead button")) {
  button.addEventListener("click", () => {
    const cell = button.parentElement, place = cell.cellIndex, body = cell.closest("table").tBodies[0];
    const down = cell.dataset.down !== "yes";
    for (const other of cell.parentElement.cells) delete other.dataset.down;
    cell.dataset.down = down ? "yes" : "no";
    const value = row => { const text = row.cells[place].textContent, number = parseFloat(text); return place && isNaN(number) ? -Infinity : place ? number : text; };
    const rows = [...body.rows].sort((a, b) => { const x = value(a), y = value(b); return x < y ? -1 : x > y ? 1 : 0; });
    if (down && place) rows.reverse();
    body.append(...rows);
  });
}
