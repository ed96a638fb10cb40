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
    this.touched = new Set();
    this.near = { top: 0, bottom: -1, start: 0, end: 0 };
    this.look();
  }

  /* The last paragraph that begins at or before an offset. */
  paragraphAt(offset) {
    return this.lastWhere((paragraph) => paragraph.start <= offset);
  }

  lastWhere(holds) {
    let low = 0;
    let high = this.paragraphs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (holds(this.paragraphs[middle])) low = middle;
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
    if (before) this.erase(before);
    const drawn = { name, spans, ranges: [] };
    this.spans.set(owner, drawn);
    if (this.ranged) this.draw(drawn);
    else for (const [start, end] of [...(before ? before.spans : []), ...spans]) this.touch(start, end);
  }

  draw(drawn) {
    const { start, end } = this.near;
    const seen = drawn.name === "current" || drawn.spans.some(([from, to]) => from < end && to > start);
    if (!seen) return this.erase(drawn);
    if (drawn.ranges.length) return;
    drawn.ranges = drawn.spans.map(([from, to]) => this.range(from, to));
    for (const range of drawn.ranges) this.set(drawn.name).add(range);
  }

  erase(drawn) {
    for (const range of drawn.ranges) this.set(drawn.name).delete(range);
    drawn.ranges = [];
  }

  /* After each change of a page, browsers look at every highlighted range again. So only what is
     on the screen, and two screens before and after it, is highlighted. */
  look() {
    const frame = this.root.parentElement;
    const [top, bottom] = [frame.scrollTop, frame.scrollTop + frame.clientHeight];
    if (top >= this.near.top && bottom <= this.near.bottom) return;
    const more = 2 * frame.clientHeight;
    this.near = { top: Math.max(0, top - more), bottom: bottom + more };
    const last = this.paragraphs[this.paragraphBelow(this.near.bottom)];
    this.near.start = this.paragraphs[this.paragraphBelow(this.near.top)]?.start ?? 0;
    this.near.end = last ? last.start + last.length : 0;
    if (this.ranged) for (const drawn of this.spans.values()) this.draw(drawn);
  }

  lookEverywhere() {
    this.near = { top: 0, bottom: Infinity, start: 0, end: Infinity };
    if (this.ranged) for (const drawn of this.spans.values()) this.draw(drawn);
  }

  /* The last paragraph that begins above a height. */
  paragraphBelow(height) {
    return this.lastWhere((paragraph) => paragraph.element.offsetTop <= height);
  }

  touch(start, end) {
    for (let at = this.paragraphAt(start); this.paragraphs[at]?.start < end; at += 1) this.touched.add(at);
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
    if (this.ranged || !this.touched.size) return;
    const all = [];
    for (const { name, spans } of this.spans.values()) {
      for (const [start, end] of spans) all.push({ name, start, end });
    }
    for (const at of this.touched) markParagraph(this.paragraphs[at], all);
    this.touched.clear();
  }

  /* How far the text is to be scrolled for a stretch of it to be seen. */
  distance(start, end) {
    if (!this.paragraphs.length) return 0;
    const box = this.range(start, end).getBoundingClientRect();
    const frame = this.root.parentElement.getBoundingClientRect();
    if (box.top >= frame.top + 40 && box.bottom <= frame.bottom - 40) return 0;
    return box.top + box.height / 2 - frame.top - frame.height / 2;
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
