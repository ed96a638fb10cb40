/* The list of claims: where one stands in it, what comes next, what is marked. Nothing here walks
   over the whole list after a decision: what waits is counted as it changes. */

const WORDS = { suggested: "waits", accepted: "accepted", rejected: "rejected", unsure: "not sure" };

export function spansOf(written) {
  return Array.from(written.matchAll(/(\d+)-(\d+)/g), (found) => [Number(found[1]), Number(found[2])]);
}

const waits = (item) => item.dataset.s === "suggested";

export class Queue {
  constructor(list) {
    this.list = list;
    this.items = Array.from(list.children);
    this.at = new Map(this.items.map((item, at) => [item.id, at]));
    this.of = new Map(this.items.map((item) => [item.dataset.claim, item.id]));
    this.waiting = this.items.filter(waits).length;
    this.marked = new Set();
    this.current = null;
  }

  item(claim) {
    return this.items[this.at.get(this.of.get(claim))] || null;
  }

  /* The next one that waits, after this one and then from the beginning; null where none does. */
  waitingAfter(item) {
    const at = item ? this.at.get(item.id) : -1;
    for (let step = 1; step <= this.items.length; step += 1) {
      const other = this.items[(at + step) % this.items.length];
      if (other !== item && waits(other)) return other;
    }
    return null;
  }

  beside(item, step) {
    const at = item ? this.at.get(item.id) : -1;
    return this.items[Math.max(0, Math.min(this.items.length - 1, at + step))] || null;
  }

  /* A decision was acknowledged: the item goes by the claim's id and shows the verdict. */
  decided(id, claim, verdict) {
    const item = this.items[this.at.get(id)];
    if (!item) return null;
    this.waiting += Number(verdict === "suggested") - Number(waits(item));
    this.of.delete(item.dataset.claim);
    this.of.set(claim, id);
    Object.assign(item.dataset, { claim, s: verdict });
    const link = item.firstElementChild;
    link.href = link.href.replace(/([?&]claim=)[^&]*/, `$1${encodeURIComponent(claim)}`);
    link.lastElementChild.textContent = WORDS[verdict];
    return item;
  }

  /* An item that says something else now took the place of another. */
  replaced(item) {
    const at = this.at.get(item.id);
    if (at === undefined || this.items[at] === item) return;
    this.waiting += Number(waits(item)) - Number(waits(this.items[at]));
    this.of.delete(this.items[at].dataset.claim);
    this.of.set(item.dataset.claim, item.id);
    this.items[at] = item;
  }

  setCurrent(item) {
    this.current?.firstElementChild.removeAttribute("aria-current");
    this.current = item;
    item?.firstElementChild.setAttribute("aria-current", "true");
  }

  /* How far the list is to be scrolled for the current item to be seen. */
  distance() {
    if (!this.current) return 0;
    const box = this.current.getBoundingClientRect();
    const frame = this.list.parentElement.getBoundingClientRect();
    if (box.top >= frame.top + 60 && box.bottom <= frame.bottom - 20) return 0;
    return box.top - frame.top - frame.height / 3;
  }

  mark(item) {
    if (this.marked.delete(item.id)) item.classList.remove("marked");
    else {
      this.marked.add(item.id);
      item.classList.add("marked");
    }
  }

  markedClaims() {
    return Array.from(this.marked, (id) => this.items[this.at.get(id)].dataset.claim);
  }

  count() {
    const total = this.items.length;
    document.getElementById("progress").value = total - this.waiting;
    const marked = this.marked.size ? `, ${this.marked.size} marked` : "";
    document.getElementById("left").textContent = `${this.waiting} of ${total} wait for you${marked}`;
    return this.waiting;
  }
}
