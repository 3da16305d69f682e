// <ccn-confirm><form …></form></ccn-confirm>: asks before the form is sent, in a dialog that names the consequences (attribute text). A button with data-unasked has none.
class CcnConfirm extends HTMLElement {
  connectedCallback(): void { this.addEventListener("submit", this.#ask, { capture: true }); }
  disconnectedCallback(): void { this.removeEventListener("submit", this.#ask, { capture: true }); }

  #ask = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    if (form.dataset["confirmed"] === "yes" || form.closest("dialog") || event.submitter?.hasAttribute("data-unasked")) { return; }
    event.preventDefault();
    event.stopPropagation();
    const dialog = document.createElement("dialog");
    const title = document.createElement("h2");
    title.textContent = this.getAttribute("heading") ?? "Are you sure?";
    const text = document.createElement("p");
    text.textContent = this.getAttribute("text") ?? "";
    const actions = document.createElement("form");
    actions.method = "dialog";
    actions.className = "actions";
    actions.append(this.#button(this.getAttribute("yes") ?? "Yes, go on", "yes", "btn primary"), this.#button("Cancel", "no", "btn"));
    dialog.append(title, text, actions);
    form.dataset["asked"] = "yes";
    dialog.addEventListener("close", () => {
      dialog.remove();
      delete form.dataset["asked"];
      if (dialog.returnValue === "yes") { form.dataset["confirmed"] = "yes"; form.requestSubmit(event.submitter); }
    });
    (this.closest("[data-density]") ?? document.body).append(dialog);   // so that it has the face of its page
    dialog.showModal();
  };

  #button(text: string, value: string, classes: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.value = value;
    button.className = classes;
    button.textContent = text;
    return button;
  }
}

customElements.define("ccn-confirm", CcnConfirm);
