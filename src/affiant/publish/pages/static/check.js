/* The button of a "check this number" page: runs the check and shows every step. */
"use strict";
(function () {
  const SIGNS = { same: "✓", different: "≠", unchecked: "?" };
  const WORDS = { same: "the same", different: "different", unchecked: "not checked" };
  const marks = window.AFFIANT_TABLES.marks;

  function visible(text) {
    return Array.from(text.replace(/\r(?=\n)/g, ""), function (sign) {
      return Object.hasOwn(marks, sign) ? marks[sign] : sign;
    }).join("");
  }

  function paragraphsShown() {
    const shown = {};
    for (const block of document.querySelectorAll("[data-claim]")) {
      shown[block.dataset.claim] = Array.from(block.querySelectorAll("[data-paragraph]"), function (each) {
        return each.textContent;
      });
    }
    return shown;
  }

  /* what a published estimate's page shows, stratum by stratum, in the order of the page */
  function strataShown() {
    const cells = { cell: [0, 1], line: [1, 2, 3], variant: [0, 2, 3], odds: [1, 2] };
    return Array.from(document.querySelectorAll("[data-stratum]"), function (section) {
      const shown = {};
      for (const name of ["cell", "count", "interval", "line", "variant", "odds", "said", "left"]) {
        shown[name] = Array.from(section.querySelectorAll("[data-shown='" + name + "']"), function (each) {
          if (!cells[name]) return each.textContent.trim();
          if (each.querySelector("[colspan]")) return "refused";
          return cells[name].map(function (at) { return each.children[at].textContent.trim(); }).join(" ");
        });
      }
      return shown;
    });
  }

  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function kindOf(result) {
    return result === "same" ? "ok" : "bad";
  }

  function stepItem(step) {
    const item = element("li");
    item.dataset.step = step.step;
    item.dataset.result = step.result;
    item.append(element("span", step.name + ": "));
    item.append(element("b", SIGNS[step.result] + " " + WORDS[step.result], kindOf(step.result)));
    if (step.why) item.append(element("span", " (" + step.why + ")"));
    if (step.result === "unchecked") return item;
    const digests = element("dl", "", "digests");
    for (const side of ["recorded", "computed"]) {
      digests.append(element("dt", side));
      const value = element("dd", visible(step[side]));
      value.dir = "auto";
      digests.append(value);
    }
    item.append(digests);
    return item;
  }

  function group(about, steps) {
    const box = element("details");
    const odd = steps.filter(function (step) { return step.result === "different"; });
    const estimate = Boolean(window.AFFIANT_CHECK.estimate);
    const title = about ? (estimate ? "Stratum: " : "Claim ") + about : (estimate ? "The entry" : "The number") + " and the log";
    const found = odd.length ? odd.length + " of " + steps.length + " steps differ" : steps.length + " steps";
    box.open = steps.some(function (step) { return step.result !== "same"; });
    box.append(element("summary", title + ": " + found));
    const list = element("ol");
    for (const step of steps) list.append(stepItem(step));
    box.append(list);
    return box;
  }

  function show(steps) {
    const place = document.getElementById("steps");
    place.replaceChildren();
    for (const about of new Set(steps.map(function (step) { return step.about; }))) {
      place.append(group(about, steps.filter(function (step) { return step.about === about; })));
    }
    const odd = steps.filter(function (step) { return step.result === "different"; });
    const left = steps.filter(function (step) { return step.result === "unchecked"; });
    const verdict = document.getElementById("verdict");
    verdict.dataset.result = odd.length ? "different" : left.length ? "unchecked" : "same";
    verdict.className = odd.length ? "bad" : left.length ? "" : "ok";
    verdict.textContent = verdictOf(steps.length, odd.length, left.length);
  }

  function verdictOf(all, odd, left) {
    if (odd) return "≠ Different in " + odd + " of " + all + " steps: this is not what was sealed.";
    if (!left) return "✓ The same in all " + all + " steps.";
    return "? The same in " + (all - left) + " steps. Not checked here: " + left +
      ", named below with the reason; verify.py checks them.";
  }

  async function compute() {
    const number = document.getElementById("number");
    const page = {
      paragraphs: paragraphsShown(),
      strata: strataShown(),
      number: number ? number.textContent.trim() : "",
      visible: visible,
    };
    document.getElementById("verdict").textContent = "Computing …";
    show(await window.AFFIANT_PROOF.check(window.AFFIANT_CHECK, page));
  }

  if (window.AFFIANT_PROOF.available) {
    document.getElementById("offer").hidden = false;
    document.getElementById("compute").addEventListener("click", compute);
  } else {
    document.getElementById("verdict").textContent =
      "This browser cannot compute it here. Use the command under “Without trusting us”.";
  }
})();
