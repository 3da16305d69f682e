// <ccn-suggest><input type="search"></ccn-suggest>: says what the words may mean while they are typed. Enter without a choice searches as before.
interface Suggestion { kind: "design" | "creator" | "category"; id: string; text: string }

const places: Record<Suggestion["kind"], (id: string) => string> = {
  design: id => `/designs/${encodeURIComponent(id)}`,
  creator: id => `/creators/${encodeURIComponent(id)}`,
  category: id => `/?category=${encodeURIComponent(id)}`,
};

class CcnSuggest extends HTMLElement {
  #input!: HTMLInputElement;
  #list!: HTMLUListElement;
  #chosen = -1;
  #pending = 0;
  #asked = new AbortController();

  connectedCallback(): void {
    const input = this.querySelector("input");
    if (!input) { return; }
    this.#input = input;
    this.#list = document.createElement("ul");
    this.#list.id = "suggestions";
    this.#list.role = "listbox";
    this.#list.ariaLabel = "Suggestions";
    this.#list.hidden = true;
    this.append(this.#list);
    input.role = "combobox";
    input.autocomplete = "off";
    input.setAttribute("aria-controls", this.#list.id);
    input.setAttribute("aria-autocomplete", "list");
    input.ariaExpanded = "false";
    input.addEventListener("input", () => { window.clearTimeout(this.#pending); this.#pending = window.setTimeout(() => void this.#ask(), 120); });
    input.addEventListener("keydown", event => this.#key(event));
    input.addEventListener("blur", () => this.#close());
  }

  async #ask(): Promise<void> {
    this.#asked.abort();
    this.#asked = new AbortController();
    const words = this.#input.value.trim();
    if (words.length < 2) { this.#close(); return; }
    try {
      const answer = await fetch(`/v1/designs/suggestions?q=${encodeURIComponent(words)}`, { signal: this.#asked.signal });
      if (answer.ok) { this.#show(await answer.json() as Suggestion[]); }
    } catch { /* typed on, or offline: the form still searches */ }
  }

  #show(suggestions: Suggestion[]): void {
    this.#chosen = -1;
    this.#input.removeAttribute("aria-activedescendant");
    this.#list.replaceChildren(...suggestions.map((suggestion, index) => {
      const option = document.createElement("li");
      option.id = `suggestion-${index}`;
      option.role = "option";
      option.ariaSelected = "false";
      option.dataset["href"] = places[suggestion.kind](suggestion.id);
      const kind = document.createElement("small");
      kind.textContent = suggestion.kind;
      option.append(suggestion.text, kind);
      option.addEventListener("mousedown", event => { event.preventDefault(); this.#go(option); });
      return option;
    }));
    this.#list.hidden = suggestions.length === 0 || document.activeElement !== this.#input;
    this.#input.ariaExpanded = String(!this.#list.hidden);
  }

  #key(event: KeyboardEvent): void {
    const options = [...this.#list.children] as HTMLElement[];
    const chosen = options[this.#chosen];
    if (event.key === "Escape" && !this.#list.hidden) { event.preventDefault(); this.#close(); return; }
    if (event.key === "Enter" && chosen && !this.#list.hidden) { event.preventDefault(); this.#go(chosen); return; }
    if (this.#list.hidden || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) { return; }
    event.preventDefault();
    if (chosen) { chosen.ariaSelected = "false"; }
    this.#chosen = (this.#chosen + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
    const next = options[this.#chosen]!;
    next.ariaSelected = "true";
    next.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", next.id);
  }

  #go(option: HTMLElement): void { location.href = option.dataset["href"] ?? "/"; }

  #close(): void {
    window.clearTimeout(this.#pending);
    this.#asked.abort();
    this.#list.hidden = true;
    this.#input.ariaExpanded = "false";
    this.#input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("ccn-suggest", CcnSuggest);
