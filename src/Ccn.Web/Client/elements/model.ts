// <ccn-model src="model.glb" alt="…"><img poster></ccn-model>: when it comes into view, the picture is replaced by the model, which turns by pointer, by touch and with the arrow
// keys (shift and the arrow keys come nearer or go away). The viewer is a chunk of its own: only pages with a model load it. Without script, or without WebGL, the picture stays.
class CcnModel extends HTMLElement {
  connectedCallback(): void {
    const observer = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) { return; }
      observer.disconnect();
      void this.#show();
    }, { rootMargin: "200px" });
    observer.observe(this);
  }

  async #show(): Promise<void> {
    const poster = this.querySelector("img");
    if (!document.createElement("canvas").getContext("webgl2")) { return; }
    await import("@google/model-viewer");
    const viewer = document.createElement("model-viewer");
    viewer.setAttribute("src", this.getAttribute("src") ?? "");
    viewer.setAttribute("alt", this.getAttribute("alt") ?? "3D model");
    if (poster) { viewer.setAttribute("poster", poster.currentSrc || poster.src); }
    viewer.setAttribute("camera-controls", "");
    viewer.setAttribute("touch-action", "pan-y");
    viewer.setAttribute("interaction-prompt", "none");
    viewer.setAttribute("shadow-intensity", "0.8");
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) { viewer.setAttribute("auto-rotate", ""); }
    viewer.addEventListener("error", () => { viewer.remove(); if (poster) { poster.hidden = false; } });
    viewer.addEventListener("load", () => this.setAttribute("ready", ""));
    if (poster) { poster.hidden = true; }
    this.prepend(viewer);
  }
}

customElements.define("ccn-model", CcnModel);
