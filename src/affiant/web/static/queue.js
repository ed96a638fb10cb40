/* The list of claims in this document: where one stands in it, what comes next, what is marked. */

export function spansOf(written) {
  return Array.from(written.matchAll(/(\d+)-(\d+)/g), (found) => [Number(found[1]), Number(found[2])]);
}

export class Queue {
  constructor(list) {
    this.list = list;
    this.marked = new Set();
  }

  items() {
    return Array.from(this.list.children);
  }

  item(claim) {
    return claim ? this.list.querySelector(`[data-claim="${CSS.escape(claim)}"]`) : null;
  }

  /* The next one that waits, after this one and then from the beginning; null where none does. */
  waitingAfter(item) {
    const items = this.items();
    const at = items.indexOf(item);
    const order = [...items.slice(at + 1), ...items.slice(0, Math.max(0, at))];
    return order.find((each) => each.dataset.s === "suggested") || null;
  }

  beside(item, step) {
    const items = this.items();
    return items[Math.max(0, Math.min(items.length - 1, items.indexOf(item) + step))] || null;
  }

  setCurrent(item) {
    for (const each of this.list.querySelectorAll('[aria-current="true"]')) {
      if (each.parentElement !== item) each.removeAttribute("aria-current");
    }
    if (!item) return;
    item.querySelector("a").setAttribute("aria-current", "true");
    const box = item.getBoundingClientRect();
    const frame = this.list.parentElement.getBoundingClientRect();
    if (box.top < frame.top + 60 || box.bottom > frame.bottom - 20) {
      this.list.parentElement.scrollTop += box.top - frame.top - frame.height / 3;
    }
  }

  mark(item) {
    if (this.marked.delete(item.id)) item.classList.remove("marked");
    else {
      this.marked.add(item.id);
      item.classList.add("marked");
    }
  }

  markedClaims() {
    return Array.from(this.marked, (id) => document.getElementById(id)?.dataset.claim).filter(Boolean);
  }

  count() {
    const items = this.items();
    const decided = items.filter((each) => each.dataset.s !== "suggested").length;
    document.getElementById("progress").value = decided;
    const marked = this.marked.size ? `, ${this.marked.size} marked` : "";
    document.getElementById("left").textContent =
      `${items.length - decided} of ${items.length} wait for you${marked}`;
    return items.length - decided;
  }
}
