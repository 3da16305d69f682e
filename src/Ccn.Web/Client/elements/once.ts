// A form is sent once: a double click sends nothing more, and the button says that it works.
document.addEventListener("submit", event => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post") { return; }
  if (form.dataset["sent"]) { event.preventDefault(); return; }
  form.dataset["sent"] = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});

// Coming back through the history shows the page as it was left: the form may be sent again.
window.addEventListener("pageshow", () => document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach(form => { delete form.dataset["sent"]; delete form.dataset["confirmed"]; }));
