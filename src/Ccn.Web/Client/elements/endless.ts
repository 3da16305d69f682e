// <ccn-endless><ul>…</ul><a rel="next" href="…">More</a></ccn-endless>: fetches the next page when its link comes into view. Without script the link is a link.
class CcnEndless extends HTMLElement {
  #observer = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) { void this.#more(); } }, { rootMargin: "600px" });

  connectedCallback(): void { this.#watch(); }
  disconnectedCallback(): void { this.#observer.disconnect(); }

  #watch(): void { const next = this.#next(); if (next) { this.#observer.observe(next); } }
  #next(): HTMLAnchorElement | null { return this.querySelector("a[rel=next]"); }

  async #more(): Promise<void> {
    const link = this.#next();
    if (!link || link.ariaBusy) { return; }
    link.ariaBusy = "true";
    this.#observer.disconnect();
    try {
      const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
      const more = page.querySelector("ccn-endless");
      this.querySelector("ul")?.append(...(more?.querySelectorAll("ul > li") ?? []));
      const after = more?.querySelector<HTMLAnchorElement>("a[rel=next]");
      if (after) { link.href = after.href; link.ariaBusy = null; this.#watch(); } else { link.remove(); }
    } catch { link.ariaBusy = null; }   // offline: the link stays, to be clicked
  }
}

customElements.define("ccn-endless", CcnEndless);
