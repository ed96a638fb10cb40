/* The recorded text: offsets in code points to places in the page and back, and highlights.
   Letters are never put into elements of their own where the browser can highlight ranges:
   Arabic and Persian letters would lose their joins. */

/* Offset in UTF-16 units of a string at so many code points; the same where none is astral. */
function unitsAt(text, points) {
  let units = 0;
  for (let left = points; left > 0 && units < text.length; left -= 1) {
    units += text.codePointAt(units) > 0xffff ? 2 : 1;
  }
  return units;
}

function pointsAt(text, units) {
  let points = 0;
  for (let at = 0; at < units; points += 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
  return points;
}

export class Pane {
  constructor(root) {
    this.root = root;
    this.ranged = "highlights" in CSS && typeof Highlight === "function";
    this.paragraphs = Array.from(root.querySelectorAll("p[data-start]"), (element) => {
      const text = element.textContent;
      const astral = /[\ud800-\udbff]/.test(text);
      const length = astral ? pointsAt(text, text.length) : text.length;
      return { element, text, astral, start: Number(element.dataset.start), length };
    });
    this.sets = new Map();
    this.spans = new Map();
  }

  /* The last paragraph that begins at or before an offset. */
  paragraphAt(offset) {
    let low = 0;
    let high = this.paragraphs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.paragraphs[middle].start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /* The text node and the offset in it; marks of the fallback may have cut the paragraph. */
  place(offset) {
    const paragraph = this.paragraphs[this.paragraphAt(offset)];
    const within = Math.max(0, Math.min(offset - paragraph.start, paragraph.length));
    let left = paragraph.astral ? unitsAt(paragraph.text, within) : within;
    const walker = document.createTreeWalker(paragraph.element, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && left > node.length) {
      left -= node.length;
      node = walker.nextNode();
    }
    return [node || paragraph.element, node ? left : 0];
  }

  range(start, end) {
    const range = new Range();
    range.setStart(...this.place(start));
    range.setEnd(...this.place(end));
    return range;
  }

  /* What is selected, in code points of the recorded text, or null. */
  selected() {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const start = this.offset(range.startContainer, range.startOffset);
    const end = this.offset(range.endContainer, range.endOffset);
    return start === null || end === null || start >= end ? null : { start, end };
  }

  offset(node, units) {
    const inside = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const element = inside.closest("p[data-start]");
    if (!element || !this.root.contains(element)) return null;
    const before = new Range();
    before.selectNodeContents(element);
    before.setEnd(node, units);
    return Number(element.dataset.start) + pointsAt(element.textContent, before.toString().length);
  }

  /* Give one owner, as one claim, its highlights: [[start, end], …] under one name. */
  paint(owner, name, spans) {
    const before = this.spans.get(owner);
    if (before) for (const range of before.ranges) this.set(before.name).delete(range);
    const ranges = this.ranged ? spans.map(([start, end]) => this.range(start, end)) : [];
    for (const range of ranges) this.set(name).add(range);
    this.spans.set(owner, { name, spans, ranges });
  }

  set(name) {
    if (!this.ranged) return new Set();
    if (!this.sets.has(name)) {
      const made = new Highlight();
      made.priority = name === "current" ? 2 : 1;
      this.sets.set(name, made);
      CSS.highlights.set(name, made);
    }
    return this.sets.get(name);
  }

  /* Where the browser cannot highlight ranges: cut the paragraphs into marks. */
  finish() {
    if (this.ranged) return;
    const all = [];
    for (const { name, spans } of this.spans.values()) {
      for (const [start, end] of spans) all.push({ name, start, end });
    }
    for (const paragraph of this.paragraphs) markParagraph(paragraph, all);
  }

  show(start, end) {
    if (!this.paragraphs.length) return;
    const box = this.range(start, end).getBoundingClientRect();
    const frame = this.root.parentElement.getBoundingClientRect();
    if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40) {
      const middle = box.top + box.height / 2 - frame.top - frame.height / 2;
      this.root.parentElement.scrollTop += middle;
    }
  }
}

function markParagraph(paragraph, all) {
  const first = paragraph.start;
  const last = first + paragraph.length;
  const here = all.filter((each) => each.start < last && each.end > first);
  const edges = new Set([first, last]);
  for (const each of here) {
    edges.add(Math.max(first, each.start));
    edges.add(Math.min(last, each.end));
  }
  const points = Array.from(edges).sort((a, b) => a - b);
  const parts = [];
  for (let at = 0; at + 1 < points.length; at += 1) {
    const [from, to] = [points[at] - first, points[at + 1] - first];
    const units = (value) => (paragraph.astral ? unitsAt(paragraph.text, value) : value);
    const text = paragraph.text.slice(units(from), units(to));
    const over = here.filter((each) => each.start <= points[at] && each.end >= points[at + 1]);
    if (!over.length) {
      parts.push(text);
      continue;
    }
    const mark = document.createElement("mark");
    mark.dataset.s = (over.find((each) => each.name === "current") || over[0]).name;
    mark.textContent = text;
    parts.push(mark);
  }
  paragraph.element.replaceChildren(...parts);
}
