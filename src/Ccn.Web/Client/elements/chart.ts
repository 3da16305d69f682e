// <ccn-chart options='{…}'>table</ccn-chart>: drawn when it comes into view; the table inside stays for readers without script and for screen readers.
class CcnChart extends HTMLElement {
  connectedCallback(): void {
    const observer = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) { return; }
      observer.disconnect();
      void import("./chart-draw").then(module => module.draw(this));
    });
    observer.observe(this);
  }
}

customElements.define("ccn-chart", CcnChart);
