(() => {
  const d = document, root = d.documentElement, all = (s, e = d) => [...e.querySelectorAll(s)], one = (s) => d.querySelector(s);
  root.classList.add("js");
  all("[hidden]").forEach((e) => { e.hidden = false; });
  const links = all("[data-c]"), cards = all(".card"), rows = all("a.row"), map = one("#map");
  let chosen = null;

  // Mark one claim everywhere: ledger, text, map, card.
  function choose(id) {
    const card = cards.find((c) => c.id === id);
    if (!card) return;
    chosen = id;
    for (const a of links) {
      const on = a.dataset.c.split(" ").includes(id);
      a.classList.toggle("on", on);
      if (on) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
    }
    for (const c of cards) c.classList.toggle("on", c === card);
  }

  function remember(id) {
    try { history.replaceState(null, "", "#" + id); } catch { /* a sandboxed frame has no address */ }
  }

  d.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const ids = (link.dataset.c || "").split(" ").filter(Boolean);
    if (!ids.length) return;
    event.preventDefault();
    // A pin may stand for several claims: choosing it again goes on to the next.
    const id = ids[(ids.indexOf(chosen) + 1) % ids.length];
    choose(id);
    remember(id);
    const card = d.getElementById(id);
    card.scrollIntoView({ block: "nearest" });
    one("#status").textContent = card.querySelector("h3").textContent;
  });

  // Arrow keys walk the ledger; they add to Tab and Enter and replace neither.
  one("#ledger")?.addEventListener("keydown", (event) => {
    const at = rows.indexOf(d.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (at < 0 || to === undefined || !rows[to]) return;
    event.preventDefault();
    rows[to].focus();
    choose(rows[to].dataset.c);
    remember(rows[to].dataset.c);
  });

  addEventListener("hashchange", () => choose(decodeURIComponent(location.hash.slice(1)).replace(/^[rt]-/, "")));

  one("#theme").addEventListener("click", (event) => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    name(event.target, !dark);
  });
  const name = (button, dark) => { button.textContent = dark ? button.dataset.light : button.dataset.dark; };
  name(one("#theme"), matchMedia("(prefers-color-scheme: dark)").matches);
  one("#print").addEventListener("click", () => print());

  if (map) {
    let k = 1, x = 355, y = 233;
    const show = () => {
      const w = 710 / k, h = 466 / k;
      x = Math.min(710 - w / 2, Math.max(w / 2, x));
      y = Math.min(466 - h / 2, Math.max(h / 2, y));
      map.setAttribute("viewBox", `${x - w / 2} ${y - h / 2} ${w} ${h}`);
      map.style.setProperty("--k", 1 / k);
    };
    const zoom = (by) => {
      const pin = one(".pin.on");
      if (pin && k === 1) [x, y] = pin.getAttribute("transform").match(/[\d.]+/g).map(Number);
      k = Math.min(16, Math.max(1, k * by));
      show();
    };
    one("#in").addEventListener("click", () => zoom(1.6));
    one("#out").addEventListener("click", () => zoom(1 / 1.6));
    one("#all").addEventListener("click", () => { k = 1; show(); });
    map.addEventListener("pointermove", (event) => {
      if (k === 1 || event.buttons !== 1) return;
      const unit = 710 / k / map.clientWidth;
      x -= event.movementX * unit;
      y -= event.movementY * unit;
      show();
    });
  }

  choose(decodeURIComponent(location.hash.slice(1)).replace(/^[rt]-/, ""));
  if (!chosen && cards.length) choose(rows[0].dataset.c);
})();
