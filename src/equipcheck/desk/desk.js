/* What the desk gains by scripts: dropping files, progress, changes on disk noticed, review by keyboard, live plans,
   drafts saved by themselves. Every form works without it. */
(function () {
  "use strict";
  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  var head = document.querySelector("[data-state]");
  if (!head) { return; }
  var state = head.dataset.state, line = document.querySelector("[data-said]"), busy = false, unsent = false;
  function say(text, working) { line.textContent = text; line.classList.toggle("busy", !!working); }

  /* progress: what a running check says of itself, until the next page is there */
  function work(text) {
    busy = true;
    say(text + "……", true);
    line.scrollIntoView({ block: "nearest" });
    setInterval(function () {
      fetch("/api/state?quick=1").then(function (answer) { return answer.json(); }).then(function (now) {
        if (busy && now.said) { say(now.said + "……", true); }
      }).catch(function () {});
    }, 900);
  }
  window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
  all("form[data-busy]").forEach(function (form) {
    form.addEventListener("submit", function () { unsent = false; work(form.dataset.busy); });
  });
  all(".way a, .onward a, [data-reload]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) { work("正在准备"); }
    });
  });

  /* changes on disk: noticed and shown, never overwritten */
  var box = document.querySelector("[data-moved]"), lost = 0;
  function watch() {
    if (busy || document.hidden) { return; }
    fetch("/api/state?since=" + encodeURIComponent(state)).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json();
    }).then(function (now) {
      lost = 0;
      if (now.state === state || busy) { return; }
      box.querySelector("[data-moved-text]").textContent = "文件夹里有改动" + (now.changed.length ? "：" + now.changed.slice(0, 6).join("、") : "") + "。这一页是改动之前的；您填了没交的内容还在。";
      box.hidden = false;
    }).catch(function () {
      lost += 1;
      if (lost > 1) {
        box.querySelector("[data-moved-text]").textContent = "程序已停止，或换了地址。存过的都在文件夹里；请重新启动 equipcheck desk，再用新的地址打开。";
        box.hidden = false;
      }
    });
  }
  setInterval(watch, 4000);

  /* dropping files onto a field */
  all("[data-drop]").forEach(function (place) {
    var input = place.querySelector("input[type=file]"), told = place.querySelector("[data-picked]");
    function tell() { told.textContent = input.files.length ? "已选：" + Array.prototype.map.call(input.files, function (one) { return one.name; }).join("、") : ""; }
    place.addEventListener("dragover", function (event) { event.preventDefault(); place.classList.add("over"); });
    place.addEventListener("dragleave", function () { place.classList.remove("over"); });
    place.addEventListener("drop", function (event) {
      event.preventDefault();
      place.classList.remove("over");
      if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
    });
    input.addEventListener("change", tell);
  });
  document.addEventListener("dragover", function (event) { event.preventDefault(); });
  document.addEventListener("drop", function (event) { event.preventDefault(); });

  all("[data-confirm]").forEach(function (button) {
    button.addEventListener("click", function (event) { if (!window.confirm(button.dataset.confirm)) { event.preventDefault(); } });
  });
  /* where to look first; never away from a field that someone is in already */
  if (!document.activeElement || document.activeElement === document.body) {
    all("[data-focus]").slice(0, 1).forEach(function (one) { one.focus(); one.scrollIntoView({ block: "start" }); });
    all("[aria-invalid=true]").slice(0, 1).forEach(function (one) { one.focus(); });
  }

  function send(form, more) {
    var body = new FormData(form);
    Object.keys(more || {}).forEach(function (key) { body.set(key, more[key]); });
    return fetch(form.getAttribute("action"), { method: "POST", body: body, headers: { accept: "application/json" } })
      .then(function (answer) { return answer.json().then(function (data) { data.status = answer.status; return data; }); });
  }

  /* review: answers go at once, the next name comes up, and each can be taken back */
  var list = document.querySelector("[data-review]");
  if (list) { review(list); }
  function review(list) {
    var cards = all("[data-ask]", list), here = -1, done = [];
    var by = document.querySelector("[data-by]");
    try { by.value = localStorage.getItem("equipcheck-by") || by.value; } catch (error) { /* kept for this page alone */ }
    by.addEventListener("change", function () { try { localStorage.setItem("equipcheck-by", by.value); } catch (error) { /* as above */ } });
    all("[data-keys], [data-views], [data-later]").forEach(function (one) { one.hidden = false; });
    function view(name) {
      list.classList.toggle("one", name === "one");
      all("[data-view]").forEach(function (button) { button.setAttribute("aria-pressed", String(button.dataset.view === name)); });
      all("input[name=view]", list).forEach(function (input) { input.value = name; });
    }
    all("[data-view]").forEach(function (button) { button.addEventListener("click", function () { view(button.dataset.view); go(here < 0 ? 0 : here); }); });
    function go(at) {
      cards.forEach(function (card) { card.classList.remove("current"); });
      here = at;
      if (!cards[at]) { document.querySelector("[data-finished]").hidden = false; return; }
      cards[at].classList.add("current");
      cards[at].focus({ preventScroll: !list.classList.contains("one") });
      cards[at].scrollIntoView({ block: "nearest" });
    }
    function next(from) {
      for (var step = 1; step <= cards.length; step += 1) {
        var at = (from + step) % cards.length;
        if (!cards[at].classList.contains("done") && !cards[at].classList.contains("later")) { return at; }
      }
      return -1;
    }
    function count(by) {
      all("[data-left]").forEach(function (one) { one.textContent = String(Number(one.textContent) + by); });
    }
    function answer(card, more, words) {
      var form = card.querySelector("form"), told = card.querySelector("[data-field-wrong]"), was = form.elements.was.value;
      told.textContent = "";
      more.by = by.value;
      return send(form, more).then(function (data) {
        if (data.problems) {
          told.textContent = data.problems.map(function (one) { return one.message; }).join("；");
          if (data.status === 409 && data.fields.now) { form.elements.was.value = data.fields.now[0]; }
          return false;
        }
        state = data.state;
        form.elements.was.value = new URL(data.to, location.href).searchParams.get("kind");
        if (!card.classList.contains("done")) { count(-1); }
        card.classList.add("done");
        var name = form.elements.name.value;
        done.push({ card: card, was: was, kind: form.elements.was.value });
        all("[data-outcome]", card).forEach(function (one) { one.remove(); });
        var outcome = document.createElement("p");
        outcome.dataset.outcome = "";
        outcome.textContent = "已定为“" + words + "”。";
        outcome.appendChild(button("撤回", card));
        form.insertBefore(outcome, form.querySelector(".choices"));
        say("“" + name + "”已定为“" + words + "”，记入 decisions.yaml。", false);
        line.appendChild(button("撤回", card));
        go(next(cards.indexOf(card)));
        return true;
      }).catch(function () { told.textContent = "没有写入：程序没有应答。"; });
    }
    function button(text, card) {
      var made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.addEventListener("click", function () { undo(card); });
      return made;
    }
    function undo(card) {
      var at = -1;
      done.forEach(function (one, index) { if (!card || one.card === card) { at = index; } });
      if (at < 0) { say("没有可以撤回的。", false); return; }
      var last = done.splice(at, 1)[0], form = last.card.querySelector("form");
      send(form, { "do": "undo", was: last.kind, before: last.was, kind: "", by: by.value }).then(function (data) {
        if (data.problems) { done.push(last); last.card.querySelector("[data-field-wrong]").textContent = data.problems[0].message; return; }
        state = data.state;
        count(1);
        last.card.classList.remove("done");
        form.elements.was.value = last.was;
        all("[data-outcome]", last.card).forEach(function (one) { one.remove(); });
        say("“" + form.elements.name.value + "”的决定已撤回。", false);
        document.querySelector("[data-finished]").hidden = true;
        go(cards.indexOf(last.card));
      });
    }
    cards.forEach(function (card) {
      var form = card.querySelector("form");
      form.addEventListener("submit", function (event) {
        event.preventDefault();
        var button = event.submitter, kind = button && button.name === "kind" ? button.value : "";
        var words = kind ? button.textContent.replace(/^\s*[0-9n]\s*/, "").replace(/像 \d+%\s*$/, "").trim() : form.elements.other.value.trim();
        answer(card, { kind: kind }, words);
      });
      card.addEventListener("focusin", function () {
        if (cards[here] !== card) { cards.forEach(function (one) { one.classList.remove("current"); }); here = cards.indexOf(card); card.classList.add("current"); }
      });
      card.querySelector("[data-later]").addEventListener("click", function () { later(card); });
    });
    function later(card) {
      card.classList.add("later");
      say("“" + card.querySelector("form").elements.name.value + "”留到以后。", false);
      go(next(cards.indexOf(card)));
    }
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) { return; }
      var target = event.target, typing = /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
      if (typing) { if (event.key === "Escape") { target.blur(); if (cards[here]) { cards[here].focus(); } } return; }
      var card = cards[here];
      if (event.key === "u") { event.preventDefault(); undo(null); return; }
      if (!card) { return; }
      if (event.key === "/") { event.preventDefault(); card.querySelector("input[name=other]").focus(); return; }
      var button = card.querySelector('[data-key="' + (/^[1-9ns]$/.test(event.key) ? event.key : "-") + '"]');
      if (button) { event.preventDefault(); button.click(); }
    });
    view(list.dataset.review);
    if (cards.length) { here = 0; cards[0].classList.add("current"); }
  }

  /* plan: the fields' answer put in place, without losing what is being typed */
  all("form[data-live]").forEach(function (form) {
    var waiting = null, asked = 0;
    function renew() {
      var mine = asked += 1, query = new URLSearchParams(new FormData(form)).toString();
      say("正在重新安排……", true);
      fetch("/plan?" + query).then(function (answer) { return answer.text(); }).then(function (text) {
        if (mine !== asked) { return; }
        var page = new DOMParser().parseFromString(text, "text/html"), here = document.getElementById(form.dataset.live);
        var fresh = page.getElementById(form.dataset.live);
        if (!fresh) { location.href = "/plan?" + query; return; }
        here.replaceWith(fresh);
        window.equipcheckPage(fresh);
        form.elements.was.value = page.querySelector("form[data-live] [name=was]").value;
        all("input[name=b]", form).forEach(function (input) {
          var other = page.getElementById(input.id), said = other && other.parentNode.querySelector(".field-wrong");
          all(".field-wrong", input.parentNode).forEach(function (one) { one.remove(); });
          input.removeAttribute("aria-invalid");
          if (said) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", said.id); input.parentNode.appendChild(said); }
        });
        history.replaceState(null, "", "/plan?" + query.replace(/(^|&)was=[^&]*/, ""));
        state = page.querySelector("[data-state]").dataset.state;
        say("已重新安排。", false);
      }).catch(function () { say("没有应答，请再试。", false); });
    }
    form.addEventListener("change", function () { clearTimeout(waiting); waiting = setTimeout(renew, 250); });
    form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(waiting); renew(); });
  });

  /* the yearly passage: saved by itself a moment after the last key */
  all("form[data-draft]").forEach(function (form) {
    var waiting = null, told = form.querySelector("[data-draft-state]"), sending = false;
    function keep() {
      if (sending) { waiting = setTimeout(keep, 800); return; }
      sending = true;
      send(form, { "do": "save" }).then(function (data) {
        sending = false;
        if (data.problems) { told.textContent = data.problems[0].message; told.classList.add("field-wrong"); return; }
        unsent = false;
        state = data.state;
        form.elements.draft_seen.value = new URL(data.to, location.href).searchParams.get("seen");
        told.classList.remove("field-wrong");
        told.textContent = "草稿已自动存在 年报草稿.md，DOCX 按草稿的文字出。";
      }).catch(function () { sending = false; told.textContent = "没有存上：程序没有应答。您的文字还在这一页上。"; told.classList.add("field-wrong"); });
    }
    function changed() { unsent = true; told.textContent = "正在改……"; clearTimeout(waiting); waiting = setTimeout(keep, 1200); }
    form.addEventListener("input", changed);
    /* what was typed before this script had come counts too */
    if ([].some.call(form.querySelectorAll("textarea"), function (one) { return one.value !== one.defaultValue; })) { changed(); }
    form.addEventListener("submit", function () { clearTimeout(waiting); unsent = false; });
  });
  window.addEventListener("beforeunload", function (event) { if (unsent) { event.preventDefault(); } });
})();
