/* Recomputes a published number from its proof. Reads values, touches no page, asks no network.

   A step is {step, about, name, recorded, computed, result, why}; result is "same",
   "different" or "unchecked". Formats: RFC 6962 (tree), RFC 8785 (JSON), RFC 8032 (Ed25519),
   C2SP signed note (checkpoint). */
"use strict";
window.AFFIANT_PROOF = (function () {
  const encoder = new TextEncoder();

  /* bytes */
  function bytesOfHex(hex) {
    if (typeof hex !== "string" || !/^([0-9a-f]{2})*$/.test(hex)) throw new Error("not lower-case hex");
    return Uint8Array.from(hex.match(/../g) || [], function (pair) { return parseInt(pair, 16); });
  }

  function hexOf(bytes) {
    return Array.from(bytes, function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  function bytesOfBase64(text) {
    const raw = atob(text);
    if (btoa(raw) !== text) throw new Error("base64 with spare bits or blanks");
    return Uint8Array.from(raw, function (sign) { return sign.charCodeAt(0); });
  }

  function joined(parts) {
    const whole = new Uint8Array(parts.reduce(function (sum, part) { return sum + part.length; }, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  async function sha256(parts) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(parts)));
  }

  /* RFC 6962 tree, path as in RFC 9162, section 2.1.3.2 */
  const LEAF = Uint8Array.of(0);
  const NODE = Uint8Array.of(1);

  async function rootFrom(leaf, place) {
    if (!Number.isSafeInteger(place.index) || !Number.isSafeInteger(place.size)) throw new Error("not a place");
    if (place.index < 0 || place.index >= place.size) throw new Error("the place lies outside the tree");
    let index = place.index;
    let last = place.size - 1;
    let root = leaf;
    for (const hex of place.path) {
      const other = bytesOfHex(hex);
      if (other.length !== 32) throw new Error("a fingerprint on the path has the wrong length");
      if (last === 0) throw new Error("the path is too long");
      if (index % 2 === 1 || index === last) {
        root = await sha256([NODE, other, root]);
        while (index % 2 === 0 && index !== 0) {
          index = index / 2;
          last = Math.floor(last / 2);
        }
      } else {
        root = await sha256([NODE, root, other]);
      }
      index = Math.floor(index / 2);
      last = Math.floor(last / 2);
    }
    if (last !== 0) throw new Error("the path is too short");
    return hexOf(root);
  }

  /* RFC 8785 for an object of ASCII names and hex values */
  function canonical(fields) {
    const names = Object.keys(fields).sort();
    return "{" + names.map(function (name) {
      if (!/^[A-Za-z0-9_.-]+$/.test(name)) throw new Error("a field's name is not plain");
      bytesOfHex(fields[name]);
      return JSON.stringify(name) + ":" + JSON.stringify(fields[name]);
    }).join(",") + "}";
  }

  /* Ed25519, where the browser has it and passes test 1 of RFC 8032 */
  async function verified(signature, signed, key) {
    const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, signed);
  }

  async function hasEd25519() {
    const key = bytesOfHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const signature = bytesOfHex(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b" +
      "d25bf5f0595bbe24655141438e7a100b");
    try {
      return await verified(signature, new Uint8Array(0), key);
    } catch (unknown) {
      return false;
    }
  }

  /* checkpoint note: origin, size, base64 root, blank line, signature lines */
  function noteOf(checkpoint) {
    const cut = checkpoint.indexOf("\n\n");
    if (cut < 0) throw new Error("the checkpoint has no blank line");
    const body = checkpoint.slice(0, cut + 1);
    const lines = body.split("\n");
    if (lines.length !== 4) throw new Error("the checkpoint does not have three lines");
    const signatures = checkpoint.slice(cut + 2).split("\n").filter(function (line) { return line !== ""; });
    return {
      body: body, origin: lines[0], size: lines[1],
      root: hexOf(bytesOfBase64(lines[2])), signatures: signatures,
    };
  }

  async function signerOf(note) {
    for (const line of note.signatures) {
      const parts = /^\u2014 (affiant\/key\/([0-9a-f]{64})) (\S+)$/.exec(line);
      if (!parts) continue;
      const blob = bytesOfBase64(parts[3]);
      if (blob.length !== 68) throw new Error("the checkpoint's signature has the wrong length");
      const key = bytesOfHex(parts[2]);
      const name = await sha256([encoder.encode(parts[1] + "\n"), Uint8Array.of(1), key]);
      if (hexOf(name.slice(0, 4)) !== hexOf(blob.slice(0, 4))) throw new Error("the key’s short name is wrong");
      return { key: key, signature: blob.slice(4) };
    }
    throw new Error("the checkpoint has no signature line of this log");
  }

  /* a number as the pages print it */
  function wordsOf(number) {
    if (number.min === null && number.max === null) return "not known";
    if (number.max === null) return "at least " + number.min;
    if (number.min === null) return "at most " + number.max;
    return number.min === number.max ? String(number.min) : number.min + "\u2013" + number.max;
  }

  /* one run over one proof */
  function Run(data, page) {
    this.data = data;
    this.page = page;
    this.steps = [];
    this.canSign = false;
  }

  Run.prototype.compare = async function (step, about, name, work) {
    let outcome;
    try {
      outcome = await work();
    } catch (problem) {
      outcome = { recorded: "", computed: "", why: problem.message, same: false };
    }
    const same = "same" in outcome ? outcome.same : outcome.recorded === outcome.computed;
    const result = outcome.left ? "unchecked" : same ? "same" : "different";
    this.steps.push({
      step: step, about: about, name: name,
      recorded: String(outcome.recorded), computed: String(outcome.computed),
      why: outcome.why || "", result: result,
    });
  };

  Run.prototype.signature = async function (step, about, name, parts) {
    if (!this.canSign) {
      this.steps.push({
        step: step, about: about, name: name, recorded: "", computed: "", result: "unchecked",
        why: "This browser cannot check Ed25519 signatures; verify.py does it.",
      });
      return;
    }
    await this.compare(step, about, name, async function () {
      const found = await parts();
      const good = await verified(found.signature, encoder.encode(found.signed), found.key);
      return { recorded: hexOf(found.key), computed: good ? "signed by this key" : "not signed by this key", same: good };
    });
  };

  Run.prototype.entry = async function (entry, about, wanted) {
    const log = this.data.log;
    const title = wanted.title;
    await this.compare("kind", about, title + ": what it records, and in which log", function () {
      const header = JSON.parse(entry.header);
      const kind = String(header.kind).split("/")[0];
      const here = "affiant/case/" + header.case === log.origin;
      return {
        recorded: "affiant/case/" + header.case + " " + header.kind, computed: log.origin + " " + wanted.kind,
        same: here && kind === wanted.kind, left: here && wanted.first.includes(kind),
        why: wanted.first.includes(kind) ? "The claim was written down with a first decision that did not accept it; " +
          "verify.py finds the later one that does." : "",
      };
    });
    for (const name of Object.keys(entry.opened).sort()) {
      await this.compare("field", about, title + ": field “" + name + "”", async function () {
        const opened = entry.opened[name];
        const digest = await sha256([bytesOfHex(opened.salt), encoder.encode(opened.value)]);
        return { recorded: entry.fields[name], computed: hexOf(digest) };
      });
    }
    await this.compare("commitment", about, title + ": commitment to all fields", async function () {
      const digest = await sha256([encoder.encode(canonical(entry.fields))]);
      return { recorded: JSON.parse(entry.header).commitment, computed: hexOf(digest) };
    });
    await this.compare("entry", about, title + ": place " + entry.position + " in the log", async function () {
      const leaf = await sha256([LEAF, encoder.encode(entry.header), bytesOfHex(entry.signature)]);
      const place = { index: entry.position, size: log.size, path: entry.path };
      return { recorded: log.root, computed: await rootFrom(leaf, place) };
    });
    await this.signature("entry-signature", about, title + ": signature", function () {
      return {
        signature: bytesOfHex(entry.signature), signed: entry.header,
        key: bytesOfHex(JSON.parse(entry.header).actor),
      };
    });
  };

  Run.prototype.log = async function () {
    const log = this.data.log;
    await this.compare("checkpoint", "", "The checkpoint names this root, size and log", function () {
      const note = noteOf(log.checkpoint);
      return {
        recorded: [note.origin, note.size, note.root].join(" "),
        computed: [log.origin, log.size, log.root].join(" "),
      };
    });
    await this.signature("checkpoint-signature", "", "The checkpoint’s signature", async function () {
      const note = noteOf(log.checkpoint);
      const signer = await signerOf(note);
      return { signature: signer.signature, signed: note.body, key: signer.key };
    });
  };

  Run.prototype.number = async function () {
    const data = this.data;
    await this.compare("number", "", "The number, counted again", function () {
      const counts = data.members.flatMap(function (member) {
        return JSON.parse(member.entry.opened.counts.value);
      }).filter(function (count) { return count.of === data.number.of && count.scope === "event"; });
      const low = counts.map(function (count) { return count.min; }).filter(Number.isInteger);
      const high = counts.map(function (count) { return count.max; }).filter(Number.isInteger);
      const min = low.length ? Math.min.apply(null, low) : null;
      const max = high.length ? Math.max.apply(null, high) : null;
      return { recorded: wordsOf(data.number), computed: wordsOf({ min: min, max: max }) };
    });
    const shown = this.page.number;
    await this.compare("shown-number", "", "The number as this page shows it", function () {
      return { recorded: wordsOf(data.number), computed: shown };
    });
  };

  Run.prototype.quote = async function (quote, member) {
    const about = member.claim;
    const paragraph = quote.paragraph;
    const title = "Paragraph " + (paragraph.index + 1);
    await this.compare("paragraph", about, title + ": place in the sealed text", async function () {
      const value = JSON.parse(paragraph.text_entry.opened.paragraphs.value);
      if (value.count !== paragraph.count) throw new Error("the text has another number of paragraphs");
      const salt = bytesOfHex(paragraph.salt);
      if (salt.length !== 32) throw new Error("the salt has the wrong length");
      const leaf = await sha256([LEAF, salt, encoder.encode(paragraph.text)]);
      const place = { index: paragraph.index, size: paragraph.count, path: paragraph.path };
      return { recorded: value.root, computed: await rootFrom(leaf, place) };
    });
    await this.compare("words", about, title + ": the exact words, “" + quote.slot + "”", function () {
      const signs = Array.from(paragraph.text);
      const length = Array.from(quote.exact).length;
      const found = signs.slice(paragraph.start, paragraph.start + length).join("");
      return { recorded: quote.exact, computed: found, same: length > 0 && found === quote.exact };
    });
    if (member.entry.opened.exact_words) {
      await this.compare("claimed-words", about, title + ": the claim quotes these words", function () {
        const claimed = JSON.parse(member.entry.opened.exact_words.value);
        const found = claimed.some(function (each) {
          return each.slot === quote.slot && each.exact.includes(quote.exact);
        });
        return { recorded: quote.exact, computed: found ? quote.exact : "other words", same: found };
      });
    }
    const shown = this.page.paragraphs[about] || [];
    const visible = this.page.visible(paragraph.text);
    await this.compare("shown", about, title + ": as this page shows it", function () {
      return {
        recorded: visible, computed: shown.includes(visible) ? visible : shown.join("\n"),
        same: shown.includes(visible),
      };
    });
  };

  /* a published estimate: what the page shows against what the entry says, one stratum at a time */
  function whole(decimal) {
    const near = Math.round(Number(decimal));
    const half = Math.abs(Number(decimal) % 1) === 0.5;
    return (half && near % 2 !== 0 ? near - 1 : near).toLocaleString("en-US");
  }

  function spanOf(limits) {
    return limits ? limits.map(whole).join(" to ") : "none given";
  }

  function flat(text) {
    return text.replace(/\s+/g, " ").trim();
  }

  function cellsOf(stratum) {
    return Object.keys(stratum.counts).map(function (pattern) {
      const names = stratum.lists.filter(function (_, at) { return pattern[at] === "1"; });
      return names.join(", ") + " " + whole(stratum.counts[pattern]);
    });
  }

  function lineWords(line) {
    if (line.refused || !line.interval95) return "refused";
    return [spanOf(line.interval95), whole(line.estimate), line.interval_kind].join(" ");
  }

  function joinedOf(lines) {
    const limits = lines.filter(function (line) {
      return !line.refused && line.interval95 && line.family !== "lower bound" && !line.interval_kind.startsWith("profile");
    }).map(function (line) { return line.interval95.map(Number); });
    if (!limits.length) return null;
    return [
      Math.min.apply(null, limits.map(function (each) { return each[0]; })),
      Math.max.apply(null, limits.map(function (each) { return each[1]; })),
    ];
  }

  Run.prototype.stratum = async function (stratum, shown, about) {
    const visible = this.page.visible;
    const total = Object.values(stratum.counts).reduce(function (sum, count) { return sum + count; }, 0);
    const rows = stratum.interval95 ? stratum : { lines: [], variants: [], odds: {} };
    const odds = Object.values(rows.odds).flat().map(function (row) { return row[0] + " " + spanOf(row.slice(2)); });
    const said = [stratum.documented, stratum.headline].concat(stratum.sentences);
    const pairs = {
      "the counts of the table": [cellsOf(stratum).sort(), shown.cell.slice().sort()],
      "the documented, added up": [[whole(total)], shown.count],
      "the interval, joined again": [[spanOf(joinedOf(stratum.lines))], shown.interval],
      "every method’s line": [rows.lines.map(lineWords), shown.line],
      "every what-if": [rows.variants.map(function (each) {
        const interval = each.interval95 ? spanOf(each.interval95) : "no finite interval";
        return [each.change, whole(each.observed), interval].join(" ");
      }), shown.variant],
      "the assumption that nobody can test": [odds, shown.odds],
      "every sentence": [said, shown.said],
      "what was left out": [stratum.left_out.map(function (each) { return "Left out: " + each + "."; }), shown.left],
    };
    for (const name of Object.keys(pairs)) {
      await this.compare("estimate", about, "As this page shows it: " + name, function () {
        return { recorded: flat(visible(pairs[name][0].join(" | "))), computed: flat(pairs[name][1].join(" | ")) };
      });
    }
    await this.compare("estimate", about, "The interval as recorded", function () {
      return { recorded: spanOf(stratum.interval95), computed: spanOf(joinedOf(stratum.lines)) };
    });
  };

  Run.prototype.estimate = async function () {
    const entry = this.data.estimate;
    await this.log();
    await this.entry(entry, "", { title: "The estimate’s entry", kind: "estimate.kept", first: [] });
    const strata = JSON.parse(entry.opened.strata.value);
    await this.compare("estimate", "", "How many strata there are", () => {
      return { recorded: strata.length, computed: this.page.strata.length, same: strata.length === this.page.strata.length };
    });
    for (const [at, stratum] of strata.entries()) {
      const label = stratum.label.map(function (pair) { return pair.join(" "); }).join(", ");
      if (this.page.strata[at]) await this.stratum(stratum, this.page.strata[at], label || "everybody");
    }
    return this.steps;
  };

  Run.prototype.all = async function () {
    this.canSign = await hasEd25519();
    if (this.data.estimate) return this.estimate();
    await this.number();
    await this.log();
    for (const member of this.data.members) {
      await this.entry(member.entry, member.claim, {
        title: "The claim’s entry", kind: "claim.accepted", first: ["claim.unsure", "claim.rejected"],
      });
      const texts = new Set();
      for (const quote of member.quotes) {
        await this.quote(quote, member);
        const entry = quote.paragraph.text_entry;
        const known = JSON.stringify(entry);
        if (texts.has(known)) continue;
        texts.add(known);
        await this.entry(entry, member.claim, { title: "The text’s entry", kind: "text.read", first: [] });
      }
    }
    return this.steps;
  };

  /* data: AFFIANT_CHECK. page: {paragraphs: {claim: [text]}, visible: text -> text as shown,
     number: text as shown, strata: [{cell, count, interval, line, variant, odds, said, left}]}. */
  function check(data, page) {
    return new Run(data, page).all();
  }

  return { check: check, rootFrom: rootFrom, available: Boolean(window.crypto && window.crypto.subtle) };
})();
