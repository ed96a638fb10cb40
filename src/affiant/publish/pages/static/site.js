/* Light or dark, and the search in the register. No request ever leaves this folder. */
"use strict";
(function () {
  const page = document.documentElement;

  function remembered() {
    try {
      return window.localStorage.getItem("affiant-theme");
    } catch (refused) {
      return null; /* storage switched off: the choice lasts for this page */
    }
  }

  function remember(theme) {
    try {
      window.localStorage.setItem("affiant-theme", theme);
    } catch (refused) {
      /* storage switched off: the choice lasts for this page */
    }
  }

  function isDark() {
    if (page.dataset.theme) return page.dataset.theme === "dark";
    return window.matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function offerThemes() {
    const button = document.getElementById("theme");
    button.hidden = false;
    button.addEventListener("click", function () {
      page.dataset.theme = isDark() ? "light" : "dark";
      remember(page.dataset.theme);
    });
  }

  /* The one folding table comes from the program; here it is only applied. Blanks, hyphens
     and apostrophes are passed over, so that a name is found however it is joined. */
  function folder(table) {
    const dropped = new Set(table[""] || "");
    return function fold(text) {
      let folded = "";
      for (const sign of text) {
        if (dropped.has(sign)) continue;
        folded += Object.hasOwn(table, sign) ? table[sign] : sign.toLowerCase();
      }
      return folded.replace(/[\s'-]/g, "");
    };
  }

  function offerSearch() {
    const field = document.getElementById("find");
    if (!field || !window.AFFIANT_TABLES) return;
    const fold = folder(window.AFFIANT_TABLES.folding);
    const entries = Array.from(document.querySelectorAll("#names > li"), function (item) {
      return { item: item, text: fold(item.dataset.search) };
    });
    document.getElementById("search").hidden = false;
    field.addEventListener("input", function () {
      const wanted = fold(field.value);
      let found = 0;
      for (const entry of entries) {
        const hit = entry.text.includes(wanted);
        entry.item.hidden = !hit;
        if (hit) found += 1;
      }
      const all = wanted === "" ? " shown." : found === 1 ? " entry found." : " entries found.";
      document.getElementById("hits").textContent = found + all;
    });
  }

  const theme = remembered();
  if (theme === "light" || theme === "dark") page.dataset.theme = theme;
  document.addEventListener("DOMContentLoaded", function () {
    offerThemes();
    offerSearch();
  });
})();
