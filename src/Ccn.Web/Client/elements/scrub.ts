// <ccn-scrub part="life"><form><input type="date" name="at" min max></form></ccn-scrub>: a slider over all days, beside the date; the part of the page is fetched again for the day that is chosen.
const dayLength = 86_400_000;

class CcnScrub extends HTMLElement {
  #asked = new AbortController();

  connectedCallback(): void {
    const form = this.querySelector("form");
    const date = this.querySelector<HTMLInputElement>("input[type=date]");
    if (!form || !date || this.querySelector("input[type=range]")) { return; }
    const [first, last] = [Date.parse(date.min), Date.parse(date.max)];
    if (!(last > first)) { return; }
    const range = document.createElement("input");
    range.type = "range";
    range.min = "0";
    range.max = String(Math.round((last - first) / dayLength));
    range.value = String(Math.round((Date.parse(date.value) - first) / dayLength));
    range.setAttribute("aria-label", "Day of the life cycle");
    range.setAttribute("aria-valuetext", date.value);
    range.addEventListener("input", () => {
      date.value = new Date(first + Number(range.value) * dayLength).toISOString().slice(0, 10);
      range.setAttribute("aria-valuetext", date.value);
      void this.#show(form, date);
    });
    date.addEventListener("change", () => { range.value = String(Math.round((Date.parse(date.value) - first) / dayLength)); void this.#show(form, date); });
    form.append(range);
    form.querySelector("button")?.classList.add("visually-hidden");
  }

  async #show(form: HTMLFormElement, date: HTMLInputElement): Promise<void> {
    if (!date.value) { return; }
    this.#asked.abort();
    this.#asked = new AbortController();
    const address = new URL(form.action);
    if (date.value < date.max) { address.searchParams.set("at", date.value); }
    address.hash = "";
    try {
      const page = new DOMParser().parseFromString(await (await fetch(address, { signal: this.#asked.signal })).text(), "text/html");
      const id = this.getAttribute("part") ?? "";
      const fresh = page.getElementById(id);
      if (fresh) { document.getElementById(id)?.replaceChildren(...fresh.childNodes); history.replaceState(null, "", address); }
    } catch { /* moved on, or offline */ }
  }
}

customElements.define("ccn-scrub", CcnScrub);
