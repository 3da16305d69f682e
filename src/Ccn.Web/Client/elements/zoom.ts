// <ccn-zoom><a href="large picture"><img></a> …</ccn-zoom>: opens a large picture over the page; a click there goes between the whole of it and twice its size. Of several
// pictures the arrow keys and two buttons show the others. Without script the links open them.
class CcnZoom extends HTMLElement {
  connectedCallback(): void { this.addEventListener("click", this.#open); }
  disconnectedCallback(): void { this.removeEventListener("click", this.#open); }

  #open = (event: MouseEvent): void => {
    const links = [...this.querySelectorAll("a")];
    let place = links.findIndex(link => link.contains(event.target as Node));
    if (place < 0 || event.metaKey || event.ctrlKey || event.shiftKey) { return; }
    event.preventDefault();
    const dialog = document.createElement("dialog");
    dialog.className = "zoom";
    const frame = document.createElement("button");
    frame.type = "button";
    frame.ariaLabel = "Nearer or farther";
    const image = document.createElement("img");
    const show = (next: number): void => {
      place = (next + links.length) % links.length;
      image.alt = links[place]!.querySelector("img")?.alt || (links[place]!.getAttribute("aria-label") ?? "");
      image.src = links[place]!.href;
      frame.classList.remove("near");
      dialog.setAttribute("aria-label", links.length > 1 ? `Picture ${place + 1} of ${links.length}: ${image.alt}` : image.alt || "The picture");
    };
    show(place);
    frame.append(image);
    frame.addEventListener("click", click => this.#turn(frame, click));
    const button = (text: string, name: string, act: () => void): HTMLButtonElement => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = `btn ${name}`;
      made.textContent = text;
      made.addEventListener("click", act);
      return made;
    };
    dialog.append(frame);
    if (links.length > 1) {
      dialog.append(button("Previous", "previous", () => show(place - 1)), button("Next", "next", () => show(place + 1)));
      dialog.addEventListener("keydown", key => {
        if (frame.classList.contains("near")) { return; }   // the arrow keys move what is near
        if (key.key === "ArrowLeft") { show(place - 1); } else if (key.key === "ArrowRight") { show(place + 1); }
      });
    }
    dialog.append(button("Close", "close", () => dialog.close()));
    dialog.addEventListener("close", () => { dialog.remove(); links[place]?.focus(); });
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
