// <ccn-time><time datetime="…">…</time></ccn-time>: the reader's own time zone, the exact instant on hover.
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const minute = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

class CcnTime extends HTMLElement {
  connectedCallback(): void {
    const time = this.querySelector("time");
    const at = time && new Date(time.dateTime);
    if (!at || Number.isNaN(at.valueOf())) { return; }
    time.textContent = (this.hasAttribute("day") ? day : minute).format(at);
    time.title = at.toISOString();
  }
}

customElements.define("ccn-time", CcnTime);
