/* The review screen: keys to acts, and what changes in the text and the queue after each. */

import { forget, forgetSent, keepDraft, restoreDraft, sending } from "./drafts.js";
import { Pane } from "./pane.js";
import { Queue, spansOf } from "./queue.js";

const pane = new Pane(document.getElementById("doc"));
const queue = new Queue(document.getElementById("queue"));
const bench = document.getElementById("bench");
const reading = document.getElementById("reading");
const help = document.getElementById("help");
const KEYS = new Map(
  Array.from(document.querySelectorAll("#keys tr"), (row) => [row.dataset.key, row.dataset.name])
);
let busy = false;
let choosing = null;

const panel = () => document.getElementById("panel");
const current = () => queue.item(panel().dataset.claim);
const inPanel = (selector) => panel().querySelector(selector);

function say(words) {
  document.getElementById("message").textContent = words;
}

function load(url) {
  busy = true;
  htmx.ajax("GET", url, { target: "#panel", swap: "outerHTML" }).finally(() => (busy = false));
}

function go(item) {
  if (item && item !== current()) load(`/claim?id=${item.dataset.claim}`);
}

function press(selector) {
  const found = inPanel(selector);
  if (found) found.click();
}

function openReasons(mode) {
  const reasons = document.getElementById("reasons");
  if (!reasons) return;
  choosing = mode;
  reasons.hidden = mode === null;
  inPanel('[data-act="reject"]')?.setAttribute("aria-expanded", String(mode !== null));
  if (mode) {
    say(mode === "marked" ? `${queue.marked.size} marked: why?` : "Why? Press a digit.");
    reasons.scrollIntoView({ block: "nearest" });
  } else say("");
}

function rejectMarked(button) {
  const form = document.getElementById("marked-form");
  for (const each of form.querySelectorAll(".sent")) each.remove();
  const pairs = queue.markedClaims().map((claim) => ["marked", claim]);
  for (const [name, value] of [...pairs, ["verdict", button.value]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", className: "sent", name, value });
    form.append(field);
  }
  form.requestSubmit();
}

const ACTS = {
  attribution: () => press('#decide [data-act="attribution"]'),
  polarity: () => press('#decide [data-act="polarity"]'),
  accept() {
    const boxes = Array.from(panel().querySelectorAll("#decide input[type=checkbox]"));
    const open = boxes.filter((box) => !box.checked).map((box) => box.dataset.act);
    if (open.length) say(`First look at ${open.join(" and ")}: S confirms attribution, D polarity.`);
    else press('[data-act="accept"]');
  },
  reject: () => openReasons(choosing === "one" ? null : "one"),
  unsure: () => press('[data-act="unsure"]'),
  edit: () => panel().dataset.claim && load(`/edit?id=${panel().dataset.claim}`),
  link: () => panel().dataset.claim && load(`/link?id=${panel().dataset.claim}`),
  new() {
    const found = pane.selected();
    if (!found) say("Select words in the text first: W puts the cursor there, Shift+arrows select.");
    else {
      const here = new URLSearchParams({ document: bench.dataset.document, ...found });
      load(`/new?${here}`);
    }
  },
  read_through() {
    reading.hidden = !reading.hidden;
    choosing = reading.hidden ? null : "questions";
    if (!reading.hidden) {
      reading.scrollIntoView({ block: "nearest" });
      say("Which questions did you read it for? Digits choose, Enter records.");
    } else say("");
  },
  mark() {
    const item = current();
    if (!item) return;
    queue.mark(item);
    queue.count();
    go(queue.beside(item, 1));
  },
  reject_marked() {
    if (queue.marked.size) openReasons("marked");
    else say("Nothing is marked: M marks the claim that is shown.");
  },
  undo: () => document.getElementById("undo-form").requestSubmit(),
  next: () => go(queue.beside(current(), 1)),
  previous: () => go(queue.beside(current(), -1)),
  select() {
    const [first] = spansOf(panel().dataset.slots);
    const start = first ? first[0] : 0;
    document.getElementById("text-pane").focus();
    if (pane.paragraphs.length) window.getSelection().collapse(...pane.place(start));
    say("Arrows move by words, with Ctrl by letters; Shift selects; then N.");
  },
  help: () => (help.open ? help.close() : help.showModal()),
};

/* The letter of the key, whatever script the keyboard writes. */
function letter(event) {
  if (/^[\x21-\x7e]$/.test(event.key) || event.key.length > 1) return event.key;
  const found = /^(?:Key|Digit)(.)$/.exec(event.code);
  if (event.code === "Slash" && event.shiftKey) return "?";
  if (!found) return event.key;
  return event.shiftKey ? found[1] : found[1].toLowerCase();
}

function isTyping(element) {
  return element.matches("select, textarea, input:not([type=checkbox])");
}

function leave() {
  const cancel = inPanel("[data-cancel]");
  if (cancel) {
    const form = cancel.closest("form");
    forget(form);
    const item = current() || queue.items()[0];
    if (item) load(`/claim?id=${item.dataset.claim}`);
    else window.location.assign(cancel.href);
    return;
  }
  reading.hidden = true;
  openReasons(null);
}

function digit(number) {
  if (choosing === "questions") reading.querySelector(`[data-digit="${number}"]`)?.click();
  if (choosing === "one") press(`#reasons [data-digit="${number}"]`);
  if (choosing === "marked") rejectMarked(inPanel(`#reasons [data-digit="${number}"]`));
}

function moveInText(event) {
  const way = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "backward", ArrowDown: "forward" };
  if (!way[event.key] || !document.activeElement.matches("#text-pane")) return false;
  const alter = event.shiftKey ? "extend" : "move";
  const by = /Up|Down/.test(event.key) ? "line" : event.ctrlKey ? "character" : "word";
  window.getSelection().modify(alter, way[event.key], by);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.key === "Escape" && !help.open) return leave();
  if (event.key === "Enter" && event.ctrlKey) return event.target.closest("form")?.requestSubmit();
  if (moveInText(event)) return event.preventDefault();
  if (event.ctrlKey || isTyping(event.target)) return;
  const key = letter(event);
  if (event.key === "Enter" && choosing === "questions") {
    event.preventDefault();
    return reading.querySelector("form").requestSubmit();
  }
  const act = KEYS.get(key);
  if (!act && !/^\d$/.test(key)) return;
  event.preventDefault();
  if (busy || (help.open && act !== "help")) return;
  if (act) ACTS[act]();
  else digit(key);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#queue a, a[data-act], a[data-cancel], button[data-act=reject]");
  if (event.target.closest("[data-take]")) take(event.target.closest("[data-take]"));
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const reason = event.target.closest("#reasons button");
  if (reason) return;
  event.preventDefault();
  if (link.matches("#queue a")) go(link.parentElement);
  else if (link.matches("[data-cancel]")) leave();
  else ACTS[link.dataset.act]();
});

document.getElementById("doc").addEventListener("click", (event) => {
  if (!window.getSelection().isCollapsed) return;
  const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const at = caret && pane.offset(caret.offsetNode, caret.offset);
  if (at === null || at === undefined) return;
  const over = (item) => spansOf(item.dataset.spans).some(([from, to]) => from <= at && at < to);
  go(queue.items().find(over));
});

function take(button) {
  const found = pane.selected();
  if (!found) return say("Select words in the text first.");
  const form = button.closest("form");
  form.elements.namedItem(`${button.dataset.take}start`).value = found.start;
  form.elements.namedItem(`${button.dataset.take}end`).value = found.end;
  inPanel(`[data-taken="${button.dataset.take}"]`).textContent =
    pane.range(found.start, found.end).toString();
  keepDraft(form);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (form) keepDraft(form);
});

document.addEventListener("htmx:config:request", (event) => {
  const { request, sourceElement } = event.detail.ctx;
  if (request.method !== "POST") return;
  busy = true;
  if (sourceElement.dataset.draft) sending(sourceElement);
  if (!sourceElement.closest("#panel")) return;
  const item = current();
  request.body.set("item", item ? item.id : "");
  request.body.set("next", queue.waitingAfter(item)?.dataset.claim || "");
});

for (const name of ["htmx:finally:request", "htmx:error"]) {
  document.addEventListener(name, () => (busy = false));
}

document.addEventListener("htmx:error", () =>
  say("No answer: the decision may not be recorded. Is 'affiant review' still running? Reload.")
);

/* Pages */

function showPage() {
  const figure = document.getElementById("page");
  if (!figure) return;
  const places = panel().dataset.places.trim().split(" ").filter(Boolean);
  const number = places.length ? places[0].split(":")[0] : figure.dataset.number.replace(/^0$/, "1");
  if (figure.dataset.number !== number) {
    figure.dataset.number = number;
    const here = new URLSearchParams({ document: bench.dataset.document, page: number });
    document.getElementById("page-image").src = `/page.png?${here}`;
    document.getElementById("page-number").textContent = number;
  }
  const boxes = places.filter((each) => each.startsWith(`${number}:`));
  document.getElementById("page-boxes").replaceChildren(...boxes.map(boxOf));
}

function boxOf(place) {
  const [left, top, right, bottom] = place.split(":")[1].split(",").map(Number);
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const sides = { x: left, y: top, width: right - left, height: bottom - top };
  for (const [name, value] of Object.entries(sides)) box.setAttribute(name, value);
  return box;
}

/* After each change */

const painted = new Map();

function paintItem(item) {
  const now = `${item.dataset.s} ${item.dataset.spans}`;
  if (painted.get(item.id) === now) return;
  painted.set(item.id, now);
  pane.paint(item.id, item.dataset.s, spansOf(item.dataset.spans));
}

function refresh() {
  busy = false;
  const slots = spansOf(panel().dataset.slots);
  pane.paint("current", "current", slots);
  pane.finish();
  if (slots.length) pane.show(...slots[0]);
  queue.setCurrent(current());
  const left = queue.count();
  showPage();
  if (!left && queue.list.children.length) {
    say("Every claim here is decided. R says that you have read the document through.");
  }
}

/* The address says where one is, so that a reload comes back here. */
function rememberPlace() {
  const claim = panel().dataset.claim;
  if (!queue.item(claim)) return;
  const here = new URLSearchParams({ id: bench.dataset.document, claim });
  window.history.replaceState(null, "", `/document?${here}`);
}

let shown = null;

function changed(records) {
  for (const record of records) {
    for (const node of record.addedNodes) {
      if (node.nodeType === Node.ELEMENT_NODE && node.matches("#queue > li")) paintItem(node);
    }
  }
  if (panel() === shown) return refresh();
  shown = panel();
  choosing = null;
  rememberPlace();
  const form = inPanel("form[data-draft]");
  forgetSent(false);
  if (form) {
    restoreDraft(form);
    form.querySelector("select, input:not([type=hidden])")?.focus();
  } else if (document.activeElement === document.body || !document.activeElement) {
    document.getElementById("main").focus({ preventScroll: true });
  }
  say("");
  refresh();
}

for (const item of queue.items()) paintItem(item);
const watching = new MutationObserver(changed);
watching.observe(document.querySelector(".side"), { childList: true });
watching.observe(queue.list, { childList: true });
changed([]);
document.documentElement.dataset.ready = "yes";
