// <ccn-zoom><a href="large picture"><img></a></ccn-zoom>: opens the large picture over the page; a click there goes between the whole of it and twice its size. Without script the link opens it.
class CcnZoom extends HTMLElement {
  connectedCallback(): void { this.addEventListener("click", this.#open); }
  disconnectedCallback(): void { this.removeEventListener("click", this.#open); }

  #open = (event: MouseEvent): void => {
    const link = this.querySelector("a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) { return; }
    event.preventDefault();
    const dialog = document.createElement("dialog");
    dialog.className = "zoom";
    dialog.setAttribute("aria-label", this.querySelector("img")?.alt ?? "The picture");
    const frame = document.createElement("button");
    frame.type = "button";
    frame.ariaLabel = "Nearer or farther";
    const image = document.createElement("img");
    image.alt = this.querySelector("img")?.alt ?? "";
    image.src = link.href;
    frame.append(image);
    frame.addEventListener("click", click => this.#turn(frame, click));
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn close";
    close.textContent = "Close";
    close.addEventListener("click", () => dialog.close());
    dialog.append(frame, close);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  // What was clicked on stays under the pointer.
  #turn(frame: HTMLElement, click: MouseEvent): void {
    const image = frame.querySelector("img")!;
    const box = image.getBoundingClientRect();
    const [x, y] = click.detail === 0 ? [.5, .5] : [(click.clientX - box.left) / box.width, (click.clientY - box.top) / box.height];
    if (frame.classList.toggle("near")) { frame.scrollTo({ left: x * frame.scrollWidth - frame.clientWidth / 2, top: y * frame.scrollHeight - frame.clientHeight / 2 }); }
  }
}

customElements.define("ccn-zoom", CcnZoom);
