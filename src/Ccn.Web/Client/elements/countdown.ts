// <ccn-countdown until="…">text</ccn-countdown>: how long is left, counted here; the server's text stands until then.
const units: [Intl.RelativeTimeFormatUnit, number][] = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];
const words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

class CcnCountdown extends HTMLElement {
  #timer = 0;

  connectedCallback(): void { this.#show(); this.#timer = window.setInterval(() => this.#show(), 1_000); }
  disconnectedCallback(): void { window.clearInterval(this.#timer); }

  #show(): void {
    const seconds = (Date.parse(this.getAttribute("until") ?? "") - Date.now()) / 1_000;
    if (Number.isNaN(seconds)) { return; }
    if (seconds <= 0) { this.textContent = this.getAttribute("over") ?? "now"; window.clearInterval(this.#timer); return; }
    const [unit, length] = units.find(([, size]) => seconds >= size) ?? ["second", 1];
    this.textContent = words.format(Math.round(seconds / length), unit);
  }
}

customElements.define("ccn-countdown", CcnCountdown);
