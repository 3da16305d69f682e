// <ccn-plan><form>…</form><div data-result>…</div></ccn-plan>: while a plan is typed, the server counts it again and the result is replaced. The button that asks for it without script goes away.
class CcnPlan extends HTMLElement {
  #pending = 0;
  #asked = 0;

  connectedCallback(): void {
    this.addEventListener("input", this.#soon);
    this.querySelectorAll<HTMLElement>("[data-without-script]").forEach(button => { button.hidden = true; });
  }
  disconnectedCallback(): void { this.removeEventListener("input", this.#soon); window.clearTimeout(this.#pending); }

  #soon = (): void => { window.clearTimeout(this.#pending); this.#pending = window.setTimeout(() => void this.#count(), 200); };

  // Only the last answer counts: an earlier one may come later.
  async #count(): Promise<void> {
    const form = this.querySelector("form");
    const result = this.querySelector("[data-result]");
    if (!form || !result) { return; }
    const asked = ++this.#asked;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) { if (name.startsWith("Model.") && typeof value === "string" && value.length <= 40) { query.set(name.slice(6), value); } }
    result.setAttribute("aria-busy", "true");
    try {
      const page = new DOMParser().parseFromString(await (await fetch(`${location.pathname}?${query}`)).text(), "text/html");
      const fresh = page.querySelector("ccn-plan [data-result]");
      if (fresh && asked === this.#asked) { result.replaceChildren(...fresh.childNodes); }
    } catch { /* offline: the figures stay as they were */ }
    if (asked === this.#asked) { result.removeAttribute("aria-busy"); }
  }
}

customElements.define("ccn-plan", CcnPlan);
