// <ccn-upload limit="bytes"><div class="drop">…<input type="file">…</div><input type="hidden" …></ccn-upload>: sends the file while the rest of the
// form is filled in, with a preview and a progress bar. Without script the file goes with the form.
interface Uploaded { fileKey: string; fileName: string; width: number; height: number }
interface Problem { detail?: string }

class CcnUpload extends HTMLElement {
  #request: XMLHttpRequest | undefined;

  connectedCallback(): void {
    const drop = this.#one<HTMLElement>(".drop");
    this.#file.addEventListener("change", () => { const file = this.#file.files?.[0]; if (file) { this.#send(file); } });
    for (const type of ["dragenter", "dragover"]) { drop.addEventListener(type, event => { event.preventDefault(); drop.classList.add("over"); }); }
    for (const type of ["dragleave", "drop"]) { drop.addEventListener(type, () => drop.classList.remove("over")); }
    drop.addEventListener("drop", event => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) { this.#send(file); }
    });
  }

  get #file(): HTMLInputElement { return this.#one("input[type=file]"); }

  #one<T extends Element>(selector: string): T { return this.querySelector<T>(selector)!; }

  #say(text: string, bad = false): void {
    const output = this.#one<HTMLOutputElement>("output");
    output.textContent = text;
    output.classList.toggle("bad", bad);
  }

  #send(file: File): void {
    this.#request?.abort();
    this.#keep("", "");
    const limit = Number(this.getAttribute("limit"));
    if (file.size > limit) { this.#refuse(`${file.name} is longer than ${Math.floor(limit / 1_048_576)} MiB.`); return; }

    this.#preview(file);
    const progress = this.#one<HTMLProgressElement>("progress");
    progress.hidden = false;
    progress.value = 0;
    this.#say(`Uploading ${file.name} …`);
    const body = new FormData();
    body.append("file", file);
    const request = new XMLHttpRequest();
    this.#request = request;
    request.upload.onprogress = event => { if (event.lengthComputable) { progress.value = event.loaded / event.total; } };
    request.onload = () => { progress.hidden = true; this.#answered(request); };
    request.onerror = () => { progress.hidden = true; this.#refuse("The connection broke. Choose the file again."); };
    request.open("POST", "/v1/uploads");
    request.send(body);
  }

  #answered(request: XMLHttpRequest): void {
    if (request.status !== 201) { this.#refuse(this.#reason(request)); return; }

    const stored = JSON.parse(request.responseText) as Uploaded;
    this.#keep(stored.fileKey, stored.fileName);
    this.#file.required = false;
    this.#file.value = "";   // the form must not carry the bytes a second time
    this.#say(`${stored.fileName}, ${stored.width} × ${stored.height} pixels, is uploaded.`);
    this.#one(".drop").classList.add("has");
  }

  #reason(request: XMLHttpRequest): string {
    try { return (JSON.parse(request.responseText) as Problem).detail ?? "The file was refused."; } catch { return "The file was refused."; }
  }

  #refuse(reason: string): void {
    this.#file.value = "";
    this.#file.required = true;
    this.#one<HTMLImageElement>("img").hidden = true;
    this.#one(".drop").classList.remove("has");
    this.#say(reason, true);
  }

  #keep(key: string, name: string): void {
    this.#one<HTMLInputElement>("input[name$=FileKey]").value = key;
    this.#one<HTMLInputElement>("input[name$=FileName]").value = name;
  }

  #preview(file: File): void {
    const image = this.#one<HTMLImageElement>("img");
    if (image.src) { URL.revokeObjectURL(image.src); }
    image.src = URL.createObjectURL(file);
    image.hidden = false;
    this.#one(".drop").classList.add("has");
  }
}

customElements.define("ccn-upload", CcnUpload);
