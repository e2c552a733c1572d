/* The page of many bureaus: long lists and the tree are drawn from the page's data as they are needed. */
(function () {
  "use strict";
  var holder = document.getElementById("_data");
  if (!holder) { return; }
  var data = JSON.parse(holder.textContent);
  var STEP = 100, GRID_STEP = 40, PAPER = 30;
  var collator = new Intl.Collator("zh-CN", { numeric: true });
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function make(tag, name, text) {
    var one = document.createElement(tag);
    if (name) { one.className = name; }
    if (text !== undefined) { one.textContent = text; }
    return one;
  }
  function shown(cell) { return Array.isArray(cell) ? cell[0] : String(cell); }
  function key(cell) { return Array.isArray(cell) ? cell[1] : cell; }

  function instead(name) { all('[data-instead="' + name + '"]').forEach(function (one) { one.hidden = true; }); }

  /* a table of which only the rows that were asked for stand in the page */
  function drawn(table) {
    var name = table.dataset.drawn, signs = table.dataset.cells === "signs" ? data.signs : null;
    var rows = data[name], order = rows.slice(), step = signs ? GRID_STEP : STEP, count = 0;
    var body = table.tBodies[0], heads = all("thead th", table);
    var more = make("button", "onward", ""), form = document.querySelector('form[data-draws="' + name + '"]');
    more.type = "button";
    table.parentNode.parentNode.insertBefore(more, table.parentNode.nextSibling);
    function row(cells) {
      var line = document.createElement("tr");
      var first = make("th");
      first.scope = "row";
      first.appendChild(make("bdi", "", shown(cells[0])));
      line.appendChild(first);
      if (signs) {
        for (var at = 0; at < cells[1].length; at += 1) {
          var sign = signs[cells[1][at]];
          var square = make("td", sign ? "cell " + sign[1] : "cell", sign ? sign[0] : "");
          if (sign && sign[0]) { square.title = shown(cells[0]) + "　" + heads[at + 1].textContent + "：" + sign[2]; }
          line.appendChild(square);
        }
        return line;
      }
      cells.slice(1).forEach(function (cell, at) {
        var one = make("td", heads[at + 1].classList.contains("n") ? "n" : "");
        one.appendChild(make("bdi", "", shown(cell)));
        line.appendChild(one);
      });
      return line;
    }
    function extend(by) {
      var part = document.createDocumentFragment();
      order.slice(count, count + by).forEach(function (cells) { part.appendChild(row(cells)); });
      count = Math.min(order.length, count + by);
      body.appendChild(part);
      more.hidden = count >= order.length;
      more.textContent = "再显示 " + Math.min(step, order.length - count) + " 行（已显示 " + count + "，共 " + order.length + "）";
    }
    function restart() { body.textContent = ""; count = 0; extend(step); }
    more.addEventListener("click", function () { extend(step); });
    heads.forEach(function (head, column) {
      if (head.dataset.sort === undefined) { return; }
      var button = make("button");
      button.type = "button";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort"), numeric = head.classList.contains("n");
        var next = now ? (now === "ascending" ? "descending" : "ascending") : numeric ? "descending" : "ascending";
        var sign = next === "ascending" ? 1 : -1;
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", next);
        order.sort(function (a, b) {
          var x = key(a[column]), y = key(b[column]);
          return sign * (typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y)));
        });
        restart();
      });
    });
    if (form) {
      form.hidden = false;
      var field = form.querySelector("input"), found = form.querySelector("[data-found]");
      var apply = function () {
        var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
        order = rows.filter(function (cells) {
          var text = (signs ? shown(cells[0]) : cells.map(shown).join(" ")).toLowerCase();
          return words.every(function (word) { return text.indexOf(word) >= 0; });
        });
        heads.forEach(function (head) { head.removeAttribute("aria-sort"); });
        found.textContent = words.length ? "找到 " + order.length + " 行，共 " + rows.length + " 行" : "共 " + rows.length + " 行";
        restart();
      };
      field.addEventListener("input", apply);
      form.addEventListener("submit", function (event) { event.preventDefault(); });
      apply();
    } else { restart(); }
    table.hidden = false;
    instead(name);
    if (signs) { parted(table); }
  }

  /* on paper a wide grid stands in parts of so many columns, each with the names of the rows */
  function parted(table) {
    var room = table.parentNode;
    function part(from) {
      var copy = make("table", table.className + " paper");
      all("tr", table).forEach(function (row) {
        var cells = all("th, td", row);
        var line = document.createElement("tr");
        [cells[0]].concat(cells.slice(from, from + PAPER)).forEach(function (cell) { line.appendChild(cell.cloneNode(true)); });
        (row.parentNode === table.tHead ? copy.tHead || copy.createTHead() : copy.tBodies[0] || copy.createTBody()).appendChild(line);
      });
      return copy;
    }
    window.addEventListener("beforeprint", function () {
      if (room.classList.contains("parted")) { return; }
      for (var from = 1; from < table.tHead.rows[0].cells.length; from += PAPER) { room.appendChild(part(from)); }
      room.classList.add("parted");
    });
    window.addEventListener("afterprint", function () {
      all(".paper", room).forEach(function (one) { one.remove(); });
      room.classList.remove("parted");
    });
  }

  /* the tree: a level is drawn when it is opened */
  function grown(room) {
    var below = {}, known = {};
    data.tree.forEach(function (one) { known[one[0]] = true; });
    data.tree.forEach(function (one) { (below[one[1]] = below[one[1]] || []).push(one); });
    Object.keys(data.groups).forEach(function (code) {
      if (code && !known[code]) { (below[""] = below[""] || []).push([code, "", data.groups[code][0], "", -1, "", 0, ""]); }
    });
    function bar(permille) {
      var space = document.querySelector("svg").namespaceURI;
      var svg = document.createElementNS(space, "svg");
      svg.setAttribute("class", "bar");
      svg.setAttribute("viewBox", "0 0 1000 10");
      svg.setAttribute("preserveAspectRatio", "none");
      svg.setAttribute("aria-hidden", "true");
      [["gap", 0, 1000], ["filled", 0, Math.max(0, permille)]].forEach(function (part) {
        var one = document.createElementNS(space, "rect");
        one.setAttribute("class", part[0]);
        one.setAttribute("x", part[1]);
        one.setAttribute("y", 0);
        one.setAttribute("width", part[2]);
        one.setAttribute("height", 10);
        svg.appendChild(one);
      });
      return svg;
    }
    function line(one) {
      var group = data.groups[one[0]];
      var box = make("span", "node");
      box.appendChild(make("bdi", "name", one[2]));
      var own = group ? [group[2], group[3], group[4], group[5], group[6]] : [one[3], one[4], one[5], one[6], one[7]];
      if (group) { box.appendChild(make("span", "under", group[1] + " 个单位")); }
      var rate = make("span", "rate");
      rate.appendChild(bar(own[1]));
      box.appendChild(rate);
      box.appendChild(make("span", "n", own[0]));
      box.appendChild(make("span", "n small", "连同参考 " + own[2]));
      box.appendChild(make("span", "n", "缺 " + own[3] + " 件"));
      return box;
    }
    function level(code) {
      var list = make("ul", "level");
      var items = (below[code] || []).slice().sort(function (a, b) {
        return (below[b[0]] ? 1 : 0) - (below[a[0]] ? 1 : 0) || collator.compare(a[0], b[0]);
      });
      function add(from) {
        items.slice(from, from + STEP).forEach(function (one) {
          var item = make("li");
          if (below[one[0]]) {
            var details = make("details"), summary = make("summary");
            summary.appendChild(line(one));
            details.appendChild(summary);
            details.addEventListener("toggle", function () {
              if (details.open && !details.dataset.ready) { details.dataset.ready = "1"; details.appendChild(level(one[0])); }
            });
            item.appendChild(details);
          } else { item.appendChild(line(one)); }
          list.appendChild(item);
        });
        if (from + STEP < items.length) {
          var item = make("li"), button = make("button", "onward", "再显示（已显示 " + (from + STEP) + "，共 " + items.length + "）");
          button.type = "button";
          button.addEventListener("click", function () { item.remove(); add(from + STEP); });
          item.appendChild(button);
          list.appendChild(item);
        }
      }
      add(0);
      return list;
    }
    var top = level("");
    room.appendChild(top);
    room.hidden = false;
    instead("tree");
    var first = top.querySelectorAll(":scope > li > details");
    if (first.length === 1) { first[0].open = true; }
  }

  all("table[data-drawn]").forEach(drawn);
  all("[data-tree]").forEach(grown);
})();
