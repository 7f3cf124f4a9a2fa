// The search box. Without scripts it stays hidden, and all of the page is there to read.
(() => {
  const box = document.querySelector(".find");
  const input = box.querySelector("input");
  const said = box.querySelector("output");
  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase().replace(/['’-]/g, "");
  // A statement is found by its own words, by its entry's title and by the names that the entry has.
  const items = [...document.querySelectorAll(".statement, .entity")].map((element) => {
    const entry = element.closest(".entry");
    const head = entry ? entry.querySelector("h3").textContent + " " + (entry.dataset.names || "") : "";
    return { element, words: fold(element.textContent + " " + head) };
  });
  const groups = [...document.querySelectorAll(".entry, .kind, main > section")].reverse();
  const find = () => {
    const wanted = fold(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { element, words } of items) {
      element.hidden = !wanted.every((word) => words.includes(word));
      found += element.hidden ? 0 : 1;
    }
    for (const group of groups) {
      const own = group.querySelectorAll(".statement, .entity");
      group.hidden = wanted.length > 0 && ![...own].some((element) => !element.hidden);
    }
    said.value = wanted.length ? `${found} of ${items.length}` : "";
  };
  input.addEventListener("input", find);
  // A link may lead to what the search hides.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      input.value = "";
      find();
      target.scrollIntoView();
    }
  });
  box.hidden = false;
  if (input.value) find();
})();
