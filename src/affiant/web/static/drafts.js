/* What was typed into a form and not sent yet outlives a reload of the page, in this tab alone. */

const PREFIX = "affiant-draft:";
let sent = null;

function fields(form) {
  return Array.from(form.elements).filter((each) => each.name && each.type !== "hidden");
}

export function keepDraft(form) {
  const values = fields(form).map((each) =>
    each.type === "checkbox" ? [each.name, each.checked] : [each.name, each.value]
  );
  sessionStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify(values));
}

export function restoreDraft(form) {
  const kept = sessionStorage.getItem(PREFIX + form.dataset.draft);
  if (!kept) return;
  for (const [name, value] of JSON.parse(kept)) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLElement)) continue;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  }
  const note = form.parentElement.querySelector(".draft");
  if (note) note.hidden = false;
}

export function sending(form) {
  sent = form.dataset.draft || null;
}

/* Called once the answer is there: a refusal leaves the form, and so the draft. */
export function forgetSent(stillThere) {
  if (sent !== null && !stillThere) sessionStorage.removeItem(PREFIX + sent);
  sent = null;
}

export function forget(form) {
  sessionStorage.removeItem(PREFIX + form.dataset.draft);
}
