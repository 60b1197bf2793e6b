// Every page works without this script; it only saves a keystroke or two.
(function () {
  "use strict";

  function focusErrors(root) {
    var summary = root.querySelector("[data-error-summary]");
    if (summary) summary.focus();
  }

  // Menus made of <details> close with Escape and when the next place is clicked, as a menu does.
  function closeMenus(except, focus) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (menu.contains(except)) return;
      menu.open = false;
      if (focus) menu.querySelector("summary").focus();
    });
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") closeMenus(null, true);
  });
  document.addEventListener("click", function (event) {
    closeMenus(event.target, false);
  });

  // Following a link of the error summary puts the cursor in the answer, not only on the screen.
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-error-summary] a[href^='#']");
    var field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest(".govuk-form-group, fieldset") || field).scrollIntoView();
    field.focus({ preventScroll: true });
  });

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 2000) event.preventDefault();
    form.dataset.sent = String(Date.now());
  });

  // What is planned in the grid of a forward plan may be dragged to another meeting of its row; its buttons do the same.
  document.querySelectorAll("[data-forward]").forEach(function (grid) {
    var held = null;
    grid.addEventListener("dragstart", function (event) {
      held = event.target.closest("[draggable]");
      event.dataTransfer.effectAllowed = "move";
    });
    grid.addEventListener("dragover", function (event) {
      var cell = event.target.closest("td[data-meeting]");
      if (held && cell && cell.parentNode === held.closest("tr")) event.preventDefault();
    });
    grid.addEventListener("drop", function (event) {
      var cell = event.target.closest("td[data-meeting]");
      var form = held && held.querySelector("form");
      if (!form || !cell || cell === held.closest("td")) return;
      event.preventDefault();
      form.elements.to.value = cell.dataset.meeting;
      form.requestSubmit();
    });
  });

  // On a phone a row of views runs on past the screen: it opens where one is.
  document.querySelectorAll(".c-views [aria-current]").forEach(function (here) {
    var row = here.closest("ul");
    var at = here.getBoundingClientRect();
    row.scrollLeft += at.left - row.getBoundingClientRect().left - (row.clientWidth - at.width) / 2;
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    focusErrors(event.target);
  });
  focusErrors(document);
})();
