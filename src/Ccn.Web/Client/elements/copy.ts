// <ccn-copy text="…"><button>Copy</button></ccn-copy>
class CcnCopy extends HTMLElement {
  connectedCallback(): void { this.addEventListener("click", this.#copy); }

  #copy = async (): Promise<void> => {
    const button = this.querySelector("button");
    await navigator.clipboard.writeText(this.getAttribute("text") ?? "");
    if (button) { const before = button.textContent; button.textContent = "Copied"; window.setTimeout(() => { button.textContent = before; }, 1_600); }
  };
}

customElements.define("ccn-copy", CcnCopy);
