// <ccn-zone><input /></ccn-zone>: a field for a time zone begins with the reader's own. What was typed before is kept.
class CcnZone extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector("input");
    if (input && input.value === "UTC") { input.value = Intl.DateTimeFormat().resolvedOptions().timeZone; }
  }
}

customElements.define("ccn-zone", CcnZone);
