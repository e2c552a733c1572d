/* What a page gains by scripts: sorting, filters, links that open what they lead to, printing with evidence open.
   Work is found by data- attributes; equipcheckPage(element) brings new parts to life. Nothing is computed here. */
(function () {
  "use strict";
  var collator = new Intl.Collator("zh-CN", { numeric: true });
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }

  /* sorting: bodies of a table (class finding) or rows of its one body; the third click gives the first order back */
  function sortable(table) {
    var heads = all("thead th[data-sort]", table);
    if (!heads.length || table.dataset.ready || table.dataset.drawn) { return; }
    table.dataset.ready = "1";
    var bodies = all("tbody.finding", table);
    var items = bodies.length ? bodies : all("tbody tr", table);
    var home = items.length ? items[0].parentNode : null;
    var end = items.length ? items[items.length - 1].nextSibling : null;
    function value(item, column) {
      var row = item.tagName === "TR" ? item : item.rows[0];
      var cell = row.cells[column];
      var text = cell.dataset.value !== undefined ? cell.dataset.value : (cell.querySelector("a") || cell).textContent.trim();
      var number = text === "" || text === "—" ? NaN : Number(text.replace(/,|%.*$/g, ""));
      return { text: text, number: number };
    }
    heads.forEach(function (head) {
      var column = head.cellIndex;
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        var numeric = head.classList.contains("n");
        var first = numeric ? "descending" : "ascending", second = numeric ? "ascending" : "descending";
        var next = now === first ? second : now === second ? null : first;
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        var order = items.slice();
        if (next) {
          head.setAttribute("aria-sort", next);
          var sign = next === "ascending" ? 1 : -1;
          order = items.map(function (item, at) { return { item: item, at: at, key: value(item, column) }; })
            .sort(function (a, b) {
              var na = isNaN(a.key.number), nb = isNaN(b.key.number), by;
              if (na !== nb) { by = numeric ? (na ? 1 : -1) : (na ? 1 : -1) * sign; }
              else if (na) { by = numeric ? 0 : sign * collator.compare(a.key.text, b.key.text); }
              else { by = sign * (a.key.number - b.key.number); }
              return by || a.at - b.at;
            }).map(function (one) { return one.item; });
        }
        order.forEach(function (item) { home.insertBefore(item, end); });
      });
    });
  }

  /* filters: a form's fields against the data- attributes of the bodies it is for */
  function filterable(form) {
    if (form.dataset.ready) { return; }
    form.dataset.ready = "1";
    form.hidden = false;
    var tables = all('[data-list="' + form.dataset.filters + '"]');
    var items = [], texts = [];
    tables.forEach(function (table) {
      all("tbody.finding", table).forEach(function (body) { items.push(body); texts.push(null); });
      all("[data-hint]", table).forEach(function (hint) { hint.hidden = false; });
    });
    var fields = all("[data-filter]", form), found = form.querySelector("[data-found]");
    function apply() {
      var shown = 0;
      items.forEach(function (item, at) {
        var fits = fields.every(function (field) {
          if (field.value === "") { return true; }
          if (field.dataset.filter !== "text") { return item.getAttribute("data-" + field.dataset.filter) === field.value; }
          if (texts[at] === null) { texts[at] = (item.id + " " + item.textContent).toLowerCase(); }
          return field.value.toLowerCase().split(/\s+/).every(function (word) { return texts[at].indexOf(word) >= 0; });
        });
        item.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      form.classList.toggle("narrowed", shown !== items.length);
      if (found) { found.textContent = shown === items.length ? "共 " + items.length + " 项" : "显示 " + shown + " 项，共 " + items.length + " 项"; }
    }
    form.addEventListener("input", apply);
    form.addEventListener("change", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(apply, 0); });
    form.addEventListener("show-all", function () { form.reset(); });
    all("[data-all]", form).forEach(function (button) {
      button.addEventListener("click", function () {
        items.forEach(function (item) {
          if (!item.hidden) { all("details", item).forEach(function (one) { one.open = button.dataset.all === "open"; }); }
        });
      });
    });
    all("a[data-category]").forEach(function (link) {
      link.addEventListener("click", function () {
        var field = form.querySelector('[data-filter="category"]');
        if (field) { field.value = link.dataset.category; apply(); }
      });
    });
    apply();
  }

  /* a link to a finding opens it; a filter that hides it gives way */
  function follow() {
    var name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch (error) { return; }
    var target = name && document.getElementById(name);
    all(".finding.chosen").forEach(function (one) { one.classList.remove("chosen"); });
    if (!target) { return; }
    for (var up = target; up; up = up.parentElement) { if (up.tagName === "DETAILS") { up.open = true; } }
    if (!target.classList.contains("finding")) { return; }
    if (target.hidden) { all("[data-filters]").forEach(function (form) { form.reset(); }); target.hidden = false; }
    target.classList.add("chosen");
    all("details", target).slice(0, 1).forEach(function (one) { one.open = true; });
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  }

  /* a click anywhere on a finding's line opens and closes it */
  function clickable(table) {
    table.addEventListener("click", function (event) {
      var link = event.target.closest("a[href]");
      if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); follow(); return; }
      var row = event.target.closest("tr.line");
      if (!row || link || String(getSelection())) { return; }
      var details = row.parentNode.querySelector("details");
      if (details) { details.open = !details.open; }
    });
  }

  /* printing: evidence as it stands on the screen, or all open or all closed for this print */
  var before = null;
  function setAll(open) {
    before = before || all("details").map(function (one) { return [one, one.open]; });
    before.forEach(function (pair) { pair[0].open = open; });
  }
  window.addEventListener("afterprint", function () {
    if (before) { before.forEach(function (pair) { pair[0].open = pair[1]; }); before = null; }
  });
  function printable(button) {
    button.addEventListener("click", function () { setAll(button.dataset.print === "open"); window.print(); });
  }

  window.equipcheckPage = function (root) {
    all("table", root).forEach(sortable);
    all("table[data-list]", root).forEach(clickable);
    all("form[data-filters]", root).forEach(filterable);
    all("[data-tools]", root).forEach(function (one) { one.hidden = false; });
    all("[data-print]", root).forEach(printable);
  };
  window.equipcheckPage(document);
  window.addEventListener("hashchange", follow);
  follow();
})();
