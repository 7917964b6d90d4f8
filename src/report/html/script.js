"use strict";
(function () {
  var details = Array.from(document.querySelectorAll(".detail"));
  var buttons = Array.from(document.querySelectorAll("[data-show]"));
  var shown = document.getElementById("shown");
  function still() { return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"; }
  function light(quote, move) {
    document.querySelectorAll("mark.now").forEach(function (mark) { mark.classList.remove("now"); });
    var first = null;
    document.querySelectorAll("mark[data-quotes]").forEach(function (mark) {
      if (mark.dataset.quotes.split(" ").indexOf(quote) >= 0) { mark.classList.add("now"); first = first || mark; }
    });
    if (first) {
      first.scrollIntoView({ block: "center", behavior: still() });
      if (move) { var anchor = document.getElementById("q" + quote); if (anchor) { anchor.focus({ preventScroll: true }); } }
    }
  }
  function choose(detail) {
    details.forEach(function (other) { other.classList.toggle("now", other === detail); });
    document.querySelectorAll("[data-claimed]").forEach(function (claimed) {
      claimed.classList.toggle("now", "d" + claimed.dataset.claimed === detail.id);
    });
    detail.scrollIntoView({ block: "nearest", behavior: still() });
    var proof = detail.querySelector("[data-quote]");
    if (proof) { light(proof.dataset.quote, false); }
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-finding], a[data-quote]");
    if (link) {
      event.preventDefault();
      if (link.dataset.quote) { light(link.dataset.quote, true); }
      else { var detail = document.getElementById("d" + link.dataset.finding); choose(detail); detail.focus({ preventScroll: true }); }
      return;
    }
    var button = event.target.closest("[data-show]");
    if (button) {
      buttons.forEach(function (other) { other.setAttribute("aria-pressed", String(other === button)); });
      var count = 0;
      details.forEach(function (detail) {
        detail.hidden = button.dataset.show !== "all" && detail.dataset.kind !== button.dataset.show;
        if (!detail.hidden) { count += 1; }
      });
      shown.textContent = count + " of " + details.length + " shown";
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || (event.key !== "j" && event.key !== "k")) { return; }
    var open = details.filter(function (detail) { return !detail.hidden; });
    var at = open.findIndex(function (detail) { return detail.classList.contains("now"); });
    var next = open[event.key === "j" ? at + 1 : Math.max(at, 1) - 1];
    if (next) { choose(next); next.focus({ preventScroll: true }); }
  });
})();
