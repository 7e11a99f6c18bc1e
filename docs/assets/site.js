// The site's own script: the finder, the 404 page's way back, and a button that copies a table.
// Everything it helps with stands on the pages without it.
"use strict";

(() => {
  const base = new URL("../", document.currentScript.src);
  const address = (path) => new URL(path.replace(/^\//, ""), base).href;
  let loading;
  // The names and words, fetched once; a failure is not kept, so that the next key asks again.
  const known = () => (loading ??= fetch(address("assets/finder.json"))
    .then((answer) => {
      if (!answer.ok) throw new Error(`finder.json: ${answer.status}`);
      return answer.json();
    })
    .catch((failure) => {
      loading = undefined;
      throw failure;
    }));

  // A word that a reader wrote is looked up in a table: constructor and the like are in none.
  const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

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

  const FILLERS = new Set("a an and are at be by do for from has have how i in instance is it its me my not of on or server the this to vm was what when where which while why with".split(" "));

  const wordsOf = (text) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const stem = (word) => word.replace(/(?<=...)(ing|ed|es|s|d|e)$/, "");

  // How many of the words an entry has, in any order: saved is found by saves.
  const meant = (entry, words) => {
    entry.words ??= wordsOf([entry.name, entry.kind, ...entry.aliases, entry.text, entry.more ?? ""].join(" "));
    return words.filter((word) => entry.words.some((other) => other.startsWith(word))).length;
  };

  // Lower is better; Infinity: no match.
  const rank = (entry, wanted, words) => {
    if (names(entry).includes(wanted)) return 0;
    if (names(entry).some((name) => name.startsWith(wanted))) return 1;
    if (names(entry).some((name) => name.includes(wanted))) return 2;
    // A whole command line, with its options and the server's name.
    if (names(entry).some((name) => name.length > 12 && wanted.startsWith(name))) return 2;
    if (fold(entry.text).includes(wanted)) return 3;
    const found = meant(entry, words);
    if (found === words.length) return 4;
    // Of a sentence, more than half will do.
    return found > 1 && found > words.length / 2 ? 5 + words.length - found : Infinity;
  };

  const unique = (entries) => [...new Map(entries.map((entry) => [`${entry.kind} ${entry.name}`, entry])).values()];

  // The entries whose names are spelt most like a word: by a letter in three or so.
  const nearest = (entries, wanted) =>
    entries
      .map((entry) => ({ ...entry, far: Math.min(...names(entry).map((name) => distance(name, wanted))) }))
      .filter(({ far }) => far <= wanted.length / 3)
      .sort((a, b) => a.far - b.far)
      .slice(0, 3);

  const action = (name, kind, text, anchor = "#accepted") => ({ name, kind, text, url: `/actions/${name}/${anchor}` });

  // The two ways in which Nova says that a vm_state or task_state does not allow an action.
  const REFUSALS = [
    /Cannot\s+'(?<called>[^']+)'\s+instance.*?while it is in (?<attribute>vm_state|task_state)\s+(?<value>[\w-]+)/is,
    /Instance\s+\S+\s+in\s+(?<attribute>vm_state|task_state)\s+(?<value>[\w-]+)\.\s+Cannot\s+(?<called>.+?)\s+while the instance is in this state/is,
  ];
  // Here it names neither: tests/test_finder.py has when it says so.
  const UNSAID = /(?:in an invalid state for '(?<called>[^']+)'|Cannot\s+'(?<same>[^']+)'\s+instance.*?while it is in launched_at)/is;
  const POLICY = /Policy doesn't allow (?<rule>[\w:-]+)/i;

  const refusal = (data, text) => {
    const policy = POLICY.exec(text)?.groups;
    if (policy) {
      return (own(data.policies, policy.rule) ?? []).map((name) => action(name, "not allowed to you", `Who may by default: the policy ${policy.rule}`, ""));
    }
    const unsaid = UNSAID.exec(text)?.groups;
    if (unsaid) {
      const called = (unsaid.called ?? unsaid.same).toLowerCase();
      return (own(data.refusals, called) ?? []).map((name) => action(name, "refused without a reason", "The server never ran, or is locked, or no task runs that it needs"));
    }
    const found = REFUSALS.map((way) => way.exec(text)?.groups).find(Boolean);
    if (!found) return data.errors.filter(({ says }) => new RegExp(says, "is").test(text)).slice(0, 8);
    const { called, attribute, value } = found;
    const actions = own(data.refusals, called.toLowerCase()) ?? [];
    // One word may stand for two actions (reboot): the one that is refused in this vm_state is meant.
    const refused = actions.filter((name) => attribute !== "vm_state" || !(own(data.idle, name) ?? []).includes(value));
    const results = (refused.length ? refused : actions).map((name) =>
      action(name, `refused while ${attribute} is ${value}`, "Where it is accepted, and the shortest way there"));
    const status = attribute === "vm_state" && own(data.status_by_vm_state, value);
    if (status) {
      results.push({ name: status, kind: "what the server shows", text: "What you can do in this status", url: `/statuses/${status}/#what-you-can-do` });
    }
    if (attribute === "task_state") {
      results.push({ name: value, kind: "task_state", text: "A task runs. Wait until it is over, then ask again", url: "/states/#task-states" });
    }
    return results;
  };

  const search = (data, text) => {
    const answer = refusal(data, text);
    if (answer.length) return answer;
    const wanted = fold(text);
    if (!wanted) return [];
    const every = wordsOf(text);
    const weighty = every.filter((word) => !FILLERS.has(word));
    const words = (weighty.length ? weighty : every).map(stem);
    const found = data.entries
      .map((entry) => ({ ...entry, rank: words.length ? rank(entry, wanted, words) : Infinity }))
      .filter((entry) => entry.rank < Infinity)
      .sort((a, b) => a.rank - b.rank)
      .slice(0, 8);
    return unique(found.length ? found : nearest(data.entries, wanted));
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

  const sentence = (text) => {
    const line = document.createElement("li");
    line.textContent = text;
    return line;
  };

  for (const box of document.querySelectorAll("[data-finder]")) {
    const input = box.querySelector("input");
    const list = box.querySelector("ul");
    const said = box.querySelector("[role=status]");
    const show = async () => {
      const data = await known().catch(() => undefined);
      const text = input.value.trim();
      const results = data ? search(data, text) : [];
      if (results.length) list.replaceChildren(...results.map(item));
      else if (!text) list.replaceChildren();
      else if (data) list.replaceChildren(sentence("Nothing found. Every status stands in the table below."));
      else list.replaceChildren(sentence("The names could not be fetched. Type on to try again; every status stands in the table below."));
      // For those who listen: the number, not the whole list at each key.
      said.textContent = results.length ? `${results.length} result${results.length > 1 ? "s" : ""}` : list.textContent;
    };
    const steps = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" };
    input.addEventListener("focus", () => known().catch(() => {}));
    input.addEventListener("input", show);
    box.addEventListener("keydown", async (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        input.value = "";
        list.replaceChildren();
        said.textContent = "";
        input.focus();
      } else if (event.target === input) {
        if (event.key === "ArrowDown") {
          event.preventDefault();
          list.querySelector("a")?.focus();
        } else if (event.key === "Enter") {
          await show();
          list.querySelector("a")?.click();
        }
      } else if (Object.hasOwn(steps, event.key)) {
        event.preventDefault();
        const beside = event.target.closest("li")[steps[event.key]];
        if (beside) beside.querySelector("a").focus();
        else if (event.key === "ArrowUp") input.focus();
      }
    });
  }

  const decoded = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path; // a percent sign that begins no letter
    }
  };

  const KINDS = { statuses: "status", actions: "action", support: "driver", runbooks: "status" };

  // What is meant by an address that is not there: an entry to go to at once, or some to offer.
  const meantBy = (data, pathname) => {
    const path = decoded(pathname.slice(base.pathname.length)).replace(/(\/index)?\.html?$|\/index$/i, "").replace(/\/+$/, "");
    const page = data.entries.find(({ kind, url }) => kind === "page" && url.toLowerCase() === `/${path.toLowerCase()}/`);
    if (page) return { exact: page.url };
    const parts = path.split("/").filter(Boolean);
    const last = parts.at(-1) ?? "";
    const wanted = fold(last);
    const section = parts.length === 2 ? parts[0].toLowerCase() : "";
    const kind = own(KINDS, section);
    const entries = data.entries.filter((entry) => !kind || entry.kind === kind);
    const found = kind && wanted && entries.find((entry) => names(entry).includes(wanted));
    if (found) return { exact: found.url, anchor: section === "runbooks" ? "#stuck" : "" };
    // A name of another section (a task_state, say) is meant before one that is only spelt like it; errors and alerts are told in words.
    const others = wanted ? data.entries.filter((entry) => names(entry).includes(wanted)) : [];
    const words = /^(errors|runbooks)$/i.test(parts[0] ?? "") ? search(data, parts.slice(1).join(" ").replace(/[-_]+/g, " ")) : [];
    return { near: unique([...others, ...words, ...nearest(entries, wanted)]).slice(0, 3) };
  };

  // The 404 page: an address in another case or by another name leads on; else the nearest are offered.
  const lost = document.querySelector("[data-lost]");
  if (lost) {
    known().then((data) => {
      const { exact, anchor = "", near = [] } = meantBy(data, location.pathname);
      const there = exact && new URL(address(exact) + (location.hash || anchor));
      if (there && there.pathname !== location.pathname) {
        location.replace(there);
        return;
      }
      lost.querySelector("ul").replaceChildren(...near.map(item));
      lost.hidden = !near.length;
    }, () => {}); // the page itself names the ways on
  }

  // A line of the facts is shown with its section: /source/#L412 leads on to the page that has it.
  const line = Number(/^#L(\d+)$/.exec(location.hash)?.[1]);
  const section = [...document.querySelectorAll("[data-first]")].filter((link) => link.dataset.first <= line).pop();
  if (section) location.replace(section.href + location.hash);

  // What stands above a table: the line that unfolds it, or its heading.
  const headingOf = (table) => {
    const summary = table.closest("details")?.querySelector("summary");
    const before = [...document.querySelectorAll(".md-typeset :is(h1, h2, h3, h4)")]
      .filter((heading) => heading.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING);
    return (summary ?? before.pop())?.textContent.replace("¶", "").trim() ?? "";
  };

  const addCopyButtons = () => {
    const said = document.createElement("div");
    said.className = "sr";
    said.setAttribute("role", "status");
    document.querySelector(".md-content__inner")?.append(said);
    const called = new Map();
    for (const table of document.querySelectorAll(".md-typeset table")) {
      const heading = headingOf(table);
      called.set(heading, (called.get(heading) ?? 0) + 1);
      addCopyButton(table, called.get(heading) > 1 ? `${heading} (${called.get(heading)})` : heading, said);
    }
  };

  const addCopyButton = (table, name, said) => {
    const place = document.createElement("div");
    const button = document.createElement("button");
    const label = (text) => {
      button.textContent = text;
      button.ariaLabel = `${text}: ${name}`;
    };
    place.className = "copy-table";
    place.append(button);
    button.type = "button";
    label("Copy table");
    button.addEventListener("click", () => {
      const selection = getSelection();
      selection.removeAllRanges();
      const range = document.createRange();
      range.selectNode(table);
      selection.addRange(range);
      const done = document.execCommand("copy"); // with its cells, for a spreadsheet as for a ticket
      selection.removeAllRanges();
      label(done ? "Copied" : "Copying was refused");
      said.textContent = button.ariaLabel;
      setTimeout(() => {
        label("Copy table");
        said.textContent = "";
      }, 2000);
    });
    (table.closest(".matrix, .cards") ?? table.closest(".md-typeset__scrollwrap") ?? table).after(place);
  };

  // Printed with all that is folded away; the style sheet does that alone in newer browsers.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll(".md-typeset details:not([open])")];
    for (const details of unfolded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of unfolded.splice(0)) details.open = false;
  });

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
    addCopyButtons();
    mendTheme();
  };
  for (const sign of signs) addEventListener(sign, turn, { capture: true, passive: true });
  if (location.hash || location.search) turn();
  else addEventListener("load", () => {
    const placeholder = document.querySelector("script[data-later]");
    if (placeholder) fetch(placeholder.dataset.later, { priority: "low" }).catch(() => {}); // to have it at hand
  });
})();
