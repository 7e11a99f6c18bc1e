// The site's own script: the finder, the 404 page's way back, and a button that copies a table.
// Everything it helps with stands on the pages without it.
"use strict";

(() => {
  const base = new URL("../", document.currentScript.src);
  const address = (path) => new URL(path.replace(/^\//, ""), base).href;
  let loading;
  const known = () => (loading ??= fetch(address("assets/finder.json")).then((answer) => answer.json()));

  const fold = (text) => text.toLowerCase().replace(/[\s_-]+/g, "");

  // How many single-letter edits lie between two words: for the nearest name on the 404 page.
  const distance = (a, b) => {
    let row = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
      }
      row = next;
    }
    return row[b.length];
  };

  const names = (entry) => [entry.name, ...entry.aliases].map(fold);

  // Lower is better; Infinity: no match.
  const rank = (entry, wanted) => {
    if (names(entry).includes(wanted)) return 0;
    if (names(entry).some((name) => name.startsWith(wanted))) return 1;
    if (names(entry).some((name) => name.includes(wanted))) return 2;
    // A whole command line, with its options and the server's name.
    if (names(entry).some((name) => name.length > 12 && wanted.startsWith(name))) return 2;
    return fold(entry.text).includes(wanted) ? 3 : Infinity;
  };

  // The entries whose names are spelt most like a word, each with how far it is.
  const nearest = (entries, wanted) =>
    entries
      .map((entry) => ({ ...entry, far: Math.min(...names(entry).map((name) => distance(name, wanted))) }))
      .sort((a, b) => a.far - b.far)
      .slice(0, 3);

  // Errors that name no state.
  const COMMON = [
    { says: /is locked/i, name: "lock", kind: "the server is locked", text: "Unlock it, or ask an administrator", url: "/actions/unlock/" },
    { says: /no valid host/i, name: "No valid host", kind: "trigger", text: "No host has room for the server or fits it", url: "/triggers/#no-valid-host" },
    { says: /instance .* could not be found|no server with a name or id/i, name: "DELETED", kind: "the server is gone, or not yours to see", text: "A deleted server answers 404 to everything", url: "/statuses/DELETED/" },
    { says: /stuck .*build/i, name: "BUILD", kind: "status", text: "How a server gets stuck in BUILD, and what mends it", url: "/statuses/BUILD/#stuck" },
  ];

  const refusal = (data, text) => {
    const found = /Cannot\s+'([^']+)'\s+instance.*?while it is in (vm_state|task_state|launched_at)\s+([\w-]+)/is.exec(text);
    if (!found) return COMMON.filter(({ says }) => says.test(text));
    const [, called, attribute, state] = found;
    const meant = data.refusals[called.toLowerCase()] ?? [];
    // One word may stand for two actions (reboot): the one that is refused in this vm_state is meant.
    const refused = meant.filter((action) => attribute !== "vm_state" || !(data.idle[action] ?? []).includes(state));
    const results = [];
    for (const action of refused.length ? refused : meant) {
      results.push({ name: action, kind: `refused while ${attribute} is ${state}`, text: "Where it is accepted, and the shortest way there", url: `/actions/${action}/#accepted` });
    }
    const status = attribute === "vm_state" && data.states[state];
    if (status) {
      results.push({ name: status, kind: "what the server shows", text: "What you can do in this status", url: `/statuses/${status}/#what-you-can-do` });
    }
    if (attribute === "task_state") {
      results.push({ name: state, kind: "task_state", text: "A task runs. Wait until it is over, then ask again", url: "/states/#task-states" });
    }
    return results;
  };

  const search = (data, text) => {
    const answer = refusal(data, text);
    if (answer.length) return answer;
    const wanted = fold(text);
    if (!wanted) return [];
    const found = data.entries
      .map((entry) => ({ ...entry, rank: rank(entry, wanted) }))
      .filter((entry) => entry.rank < Infinity)
      .sort((a, b) => a.rank - b.rank)
      .slice(0, 8);
    // Nothing: perhaps misspelt, by a letter in three or so.
    return found.length ? found : nearest(data.entries, wanted).filter(({ far }) => far <= wanted.length / 3);
  };

  const item = (entry) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    const name = document.createElement("strong");
    const text = document.createElement("small");
    link.href = address(entry.url);
    name.textContent = entry.name;
    text.textContent = entry.text;
    link.append(name, ` ${entry.kind}`, text);
    line.append(link);
    return line;
  };

  for (const box of document.querySelectorAll("[data-finder]")) {
    const input = box.querySelector("input");
    const list = box.querySelector("ul");
    const show = async () => {
      const text = input.value.trim();
      const results = search(await known(), text);
      const none = document.createElement("li");
      none.textContent = "Nothing found. Every status stands in the table below.";
      list.replaceChildren(...(results.length || !text ? results.map(item) : [none]));
    };
    input.addEventListener("focus", known, { once: true });
    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") list.querySelector("a")?.click();
      if (event.key === "ArrowDown") list.querySelector("a")?.focus();
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
      if (!step) return;
      event.preventDefault();
      (event.target.closest("li")[step]?.querySelector("a") ?? input).focus();
    });
  }

  // The 404 page: an address in another case or by another name leads on; else the nearest are offered.
  const lost = document.querySelector("[data-lost]");
  if (lost) {
    known().then((data) => {
      const path = decodeURI(location.pathname);
      const [, section, last] = /\/(statuses|actions|support)\/([^/]+)\/?$/i.exec(path) ?? [, "", path.split("/").filter(Boolean).pop() ?? ""];
      const kind = { statuses: "status", actions: "action", support: "driver" }[section.toLowerCase()];
      const wanted = fold(last.replace(/\.html?$/, ""));
      const entries = data.entries.filter((entry) => !kind || entry.kind === kind);
      const exact = kind && wanted && entries.find((entry) => names(entry).includes(wanted));
      if (exact) {
        location.replace(address(exact.url) + location.hash);
        return;
      }
      // A name of another section (a task_state, say) is meant before one that is only spelt like it.
      const others = data.entries.filter((entry) => names(entry).includes(wanted));
      const near = [...others, ...nearest(entries, wanted)].slice(0, 3);
      lost.querySelector("ul").replaceChildren(...near.map(item));
      lost.hidden = false;
    });
  }

  // A line of the facts is shown with its section: /source/#L412 leads on to the page that has it.
  const line = Number(/^#L(\d+)$/.exec(location.hash)?.[1]);
  const section = [...document.querySelectorAll("[data-first]")].filter((link) => link.dataset.first <= line).pop();
  if (section) location.replace(section.href + location.hash);

  const addCopyButton = (table) => {
    const place = document.createElement("div");
    const button = document.createElement("button");
    place.className = "copy-table";
    place.append(button);
    button.type = "button";
    button.textContent = "Copy table";
    button.addEventListener("click", () => {
      const selection = getSelection();
      selection.removeAllRanges();
      const range = document.createRange();
      range.selectNode(table);
      selection.addRange(range);
      const done = document.execCommand("copy"); // with its cells, for a spreadsheet as for a ticket
      selection.removeAllRanges();
      button.textContent = done ? "Copied" : "Copying was refused";
      setTimeout(() => (button.textContent = "Copy table"), 2000);
    });
    (table.closest(".matrix, .cards") ?? table.closest(".md-typeset__scrollwrap") ?? table).after(place);
  };

  // What scrolls sideways can be reached, and scrolled, by key: a code block, and a table in a narrow window or a wide
  // font. Asked once its size is known anyway.
  const sized = new ResizeObserver((frames) => {
    for (const { target } of frames) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const code of document.querySelectorAll("pre > code")) sized.observe(code);

  // The theme makes each code block's copy button a landmark without a name, as the block comes into view; and it
  // gives each table a frame.
  const mendTheme = () => {
    let blocks = 0;
    new MutationObserver(() => {
      for (const bar of document.querySelectorAll("nav.md-code__nav:not([aria-label])")) bar.ariaLabel = `Code block ${++blocks}`;
      for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) sized.observe(frame);
    }).observe(document.body, { childList: true, subtree: true });
  };

  const runTheme = (placeholder, event) => {
    const script = document.createElement("script");
    script.src = placeholder.dataset.later;
    script.addEventListener("load", () => {
      document.dispatchEvent(new Event("DOMContentLoaded")); // it waits for that, and comes after it
      document.querySelector("[data-md-component=palette] :checked")?.dispatchEvent(new Event("change"));
      if (event?.type === "keydown") dispatchEvent(new KeyboardEvent("keydown", event));
    });
    placeholder.replaceWith(script);
  };

  // Nothing on a page needs the theme's script, or the buttons, to be read, and they cost a phone more than the
  // page does: they come when the reader first turns to the page, by pointer, key or scrolling.
  const signs = ["pointermove", "pointerdown", "keydown", "focusin", "wheel", "scroll"];
  const turn = (event) => {
    // A graph's frame is scrolled to its middle as it is drawn: that is not the reader.
    if (event?.type === "scroll" && event.target !== document) return;
    for (const sign of signs) removeEventListener(sign, turn, true);
    const placeholder = document.querySelector("script[data-later]");
    if (placeholder) runTheme(placeholder, event);
    document.querySelectorAll(".md-typeset table").forEach(addCopyButton);
    mendTheme();
  };
  for (const sign of signs) addEventListener(sign, turn, { capture: true, passive: true });
  if (location.hash || location.search) turn();
  else addEventListener("load", () => {
    const placeholder = document.querySelector("script[data-later]");
    if (placeholder) fetch(placeholder.dataset.later, { priority: "low" }).catch(() => {}); // to have it at hand
  });
})();
