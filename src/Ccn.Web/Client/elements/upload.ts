// <ccn-upload limit="bytes" model-limit="bytes" most="9"><div class="drop">…<input type="file" multiple>…<output></div><ol class="files"></ol></ccn-upload>: sends each
// file while the rest of the form is filled in, with a preview and a progress bar; the list can be put in another order. What is uploaded goes with the
// form as hidden fields "Kept". Without script the files go with the form.
interface Uploaded { fileKey: string; fileName: string; contentType: string; width: number | null; height: number | null }
interface Problem { detail?: string }

const modelName = /\.glb$/i;

class CcnUpload extends HTMLElement {
  #running = 0;

  connectedCallback(): void {
    const drop = this.#one<HTMLElement>(".drop");
    this.#input.addEventListener("change", () => { this.#take(this.#input.files); this.#input.value = ""; });
    for (const type of ["dragenter", "dragover"]) { drop.addEventListener(type, event => { event.preventDefault(); drop.classList.add("over"); }); }
    for (const type of ["dragleave", "drop"]) { drop.addEventListener(type, () => drop.classList.remove("over")); }
    drop.addEventListener("drop", event => { event.preventDefault(); this.#take(event.dataTransfer?.files ?? null); });
    for (const item of this.#items) { this.#addButtons(item); }
    this.#changed();
  }

  get #input(): HTMLInputElement { return this.#one("input[type=file]"); }
  get #list(): HTMLOListElement { return this.#one("ol.files"); }
  get #items(): HTMLLIElement[] { return [...this.#list.querySelectorAll("li")]; }

  #one<T extends Element>(selector: string): T { return this.querySelector<T>(selector)!; }

  #take(files: FileList | null): void {
    const room = Number(this.getAttribute("most")) - this.#items.length;
    const chosen = [...files ?? []];
    for (const file of chosen.slice(0, room)) { this.#send(file); }
    this.#say(chosen.length > room ? `A design has at most ${this.getAttribute("most")} files. ${chosen.length - Math.max(room, 0)} are left out.` : "", true);
  }

  #send(file: File): void {
    const isModel = modelName.test(file.name);
    const item = this.#row(file, isModel);
    const limit = Number(this.getAttribute(isModel ? "model-limit" : "limit"));
    if (file.size > limit) { this.#refuse(item, `${file.name} is longer than ${Math.floor(limit / 1_048_576)} MiB.`); return; }

    const progress = document.createElement("progress");
    progress.max = 1;
    progress.setAttribute("aria-label", `Upload of ${file.name}`);
    item.querySelector(".what")!.append(progress);
    const body = new FormData();
    body.append("file", file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = event => { if (event.lengthComputable) { progress.value = event.loaded / event.total; } };
    request.onloadend = () => {
      this.#running--;
      progress.remove();
      if (request.status === 201) { this.#keep(item, JSON.parse(request.responseText) as Uploaded); } else { this.#refuse(item, this.#reason(request)); }
      this.#changed();
    };
    request.open("POST", "/v1/uploads");
    item.addEventListener("removed", () => request.abort());
    this.#running++;
    request.send(body);
    this.#changed();
  }

  #row(file: File, isModel: boolean): HTMLLIElement {
    const item = document.createElement("li");
    item.dataset.name = file.name;
    if (isModel) {
      const mark = document.createElement("span");
      mark.className = "thumb";
      mark.textContent = "3D";
      item.append(mark);
    } else {
      const image = document.createElement("img");
      image.className = "thumb";
      image.alt = "";
      image.src = URL.createObjectURL(file);
      image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
      item.append(image);
    }
    const what = document.createElement("span");
    what.className = "what";
    const name = document.createElement("strong");
    name.textContent = file.name;
    const state = document.createElement("small");
    state.textContent = "Uploading …";
    what.append(name, state);
    item.append(what);
    this.#addButtons(item);
    this.#list.append(item);
    return item;
  }

  #addButtons(item: HTMLLIElement): void {
    const box = document.createElement("span");
    box.className = "do";
    const name = item.dataset.name ?? "the file";
    const button = (label: string, text: string, act: () => void): void => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn small";
      made.textContent = text;
      made.setAttribute("aria-label", `${label} ${name}`);
      made.addEventListener("click", () => { act(); this.#changed(); if (made.isConnected) { made.focus(); } });
      box.append(made);
    };
    button("Earlier:", "↑", () => item.previousElementSibling?.before(item));
    button("Later:", "↓", () => item.nextElementSibling?.after(item));
    button("Remove", "Remove", () => { item.dispatchEvent(new Event("removed")); item.remove(); });
    item.querySelector(".do")?.remove();
    item.append(box);
  }

  #keep(item: HTMLLIElement, stored: Uploaded): void {
    if (!item.isConnected) { return; }
    if (this.#items.some(other => other !== item && other.querySelector<HTMLInputElement>("input[name=Kept]")?.value.startsWith(stored.fileKey + "|"))) { this.#refuse(item, "This file is in the list already."); return; }

    const kept = document.createElement("input");
    kept.type = "hidden";
    kept.name = "Kept";
    kept.value = [stored.fileKey, stored.contentType, stored.fileName].join("|");
    item.append(kept);
    this.#state(item, stored.width === null ? "The 3D model is uploaded." : `${stored.width} × ${stored.height} pixels. It is uploaded.`);
  }

  #refuse(item: HTMLLIElement, reason: string): void {
    item.classList.add("refused");
    this.#state(item, reason);
  }

  #state(item: HTMLLIElement, text: string): void { item.querySelector("small")!.textContent = text; }

  #reason(request: XMLHttpRequest): string {
    if (request.status === 0) { return "The connection broke. Choose the file again."; }
    try { return (JSON.parse(request.responseText) as Problem).detail ?? "The file was refused."; } catch { return "The file was refused."; }
  }

  #say(text: string, bad = false): void {
    const output = this.#one<HTMLOutputElement>("output");
    output.textContent = text;
    output.classList.toggle("bad", bad);
  }

  // The form can be sent when a picture is there and nothing is under way.
  #changed(): void {
    const pictures = this.#items.filter(item => item.querySelector<HTMLInputElement>("input[name=Kept]")?.value.includes("|image/"));
    for (const item of this.#items) { item.classList.toggle("cover", item === pictures[0]); }
    this.#input.required = pictures.length === 0;
    this.#input.setCustomValidity(this.#running > 0 ? "Wait until the files are uploaded." : "");
    this.#one(".drop").classList.toggle("has", this.#items.length > 0);
  }
}

customElements.define("ccn-upload", CcnUpload);
