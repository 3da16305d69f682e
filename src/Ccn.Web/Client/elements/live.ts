// One connection a tab, opened when a page has something that lives. Elements say what they watch; the server says what changed.
import type { HubConnection } from "@microsoft/signalr";

export interface Change { topic: string; count?: number }
type Watcher = (change: Change) => void;

const watchers = new Map<string, Set<Watcher>>();
let connection: Promise<HubConnection> | undefined;

async function connect(): Promise<HubConnection> {
  const { HubConnectionBuilder, LogLevel } = await import("@microsoft/signalr");
  const hub = new HubConnectionBuilder().withUrl("/hubs/live").withAutomaticReconnect().configureLogging(LogLevel.None).build();
  hub.on("changed", (change: Change) => watchers.get(change.topic)?.forEach(watcher => watcher(change)));
  hub.onreconnected(() => void subscribe(hub, [...watchers.keys()]));
  await hub.start();
  document.documentElement.dataset["live"] = "on";
  return hub;
}

// What has changed between the rendering of the page and now has nobody been told of: the server answers with it.
async function subscribe(hub: HubConnection, topics: string[]): Promise<void> {
  const missed = await hub.invoke<string[]>("watch", topics, Number(document.documentElement.dataset["at"] ?? 0));
  missed.forEach(topic => watchers.get(topic)?.forEach(watcher => watcher({ topic })));
}

/** Calls back whenever something about the topic changes, by its id. */
export function watch(topic: string, watcher: Watcher): () => void {
  const known = watchers.get(topic);
  if (known) { known.add(watcher); } else { watchers.set(topic, new Set([watcher])); }
  connection ??= connect();
  if (!known) { void connection.then(hub => subscribe(hub, [topic])).catch(() => { /* without a connection the page stays as it is */ }); }
  return () => watchers.get(topic)?.delete(watcher);
}

// Parts of one page that change together are taken from one fetch. What changes while it is on its way is not in it: then it is fetched once more.
let fetching: Promise<Document> | undefined;

function freshPage(): Promise<Document> {
  fetching ??= fetch(location.href, { headers: { "X-Live": "1" } }).then(answer => answer.text()).then(text => {
    const page = new DOMParser().parseFromString(text, "text/html");
    document.documentElement.dataset["at"] = page.documentElement.dataset["at"] ?? "0";
    return page;
  }).finally(() => { fetching = undefined; });
  return fetching;
}

/** Whether something was typed or chosen in it that is not sent yet. */
function isTouched(part: HTMLElement): boolean {
  return [...part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input:not([type=hidden]), textarea")].some(field =>
    field.value !== field.defaultValue || (field instanceof HTMLInputElement && field.checked !== field.defaultChecked))
    || [...part.querySelectorAll("select")].some(select => select.selectedIndex !== Math.max(0, [...select.options].findIndex(option => option.defaultSelected)));
}

// <ccn-live topic="dsg_… usr_…">…</ccn-live>: when one of the topics changes, its part of the page is fetched again and replaced, as long as nobody is typing in it.
class CcnLive extends HTMLElement {
  #stop = (): void => undefined;
  #busy = false;
  #stale = false;

  connectedCallback(): void {
    const stops = (this.getAttribute("topic") ?? "").split(" ").filter(topic => topic).map(topic => watch(topic, () => this.#changed()));
    this.#stop = () => stops.forEach(stop => stop());
    this.addEventListener("focusout", this.#later);
  }
  disconnectedCallback(): void { this.#stop(); this.removeEventListener("focusout", this.#later); }

  // What was put off while somebody was at it; by then the focus has moved on.
  #later = (): void => { window.setTimeout(() => { if (this.#stale) { this.#changed(); } }); };

  // The first change of many is shown at once; those that come meanwhile are one more refresh.
  #changed(): void {
    this.#stale = true;
    if (!this.#busy) { void this.#refresh(); }
  }

  async #refresh(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#stale && this.id && this.isConnected && !this.#isInUse()) {
        this.#stale = false;
        const fresh = (await freshPage()).getElementById(this.id);
        if (this.#isInUse()) { this.#stale = true; } else if (fresh && this.isConnected) { this.#show(fresh); }
      }
    } catch { /* offline: the page stays as it is until the next change */ } finally { this.#busy = false; }
  }

  #isInUse(): boolean { return this.querySelector(":is(input, textarea, select):focus, details[open] form, form[data-sent], form[data-asked]") !== null || isTouched(this); }

  // What the reader has opened stays open.
  #show(fresh: HTMLElement): void {
    const opened = [...this.querySelectorAll("details")].map(details => details.open);
    const again = [...fresh.querySelectorAll("details")];
    if (again.length === opened.length) { again.forEach((details, index) => { details.open = opened[index] === true; }); }
    this.replaceChildren(...fresh.childNodes);
  }
}

// <ccn-badge topic="usr_…">: shows the count that the server sends.
class CcnBadge extends HTMLElement {
  #stop = (): void => undefined;

  connectedCallback(): void {
    const topic = this.getAttribute("topic");
    if (topic) { this.#stop = watch(topic, change => { if (change.count !== undefined) { this.textContent = change.count > 0 ? String(change.count) : ""; this.hidden = change.count === 0; } }); }
  }
  disconnectedCallback(): void { this.#stop(); }
}

customElements.define("ccn-live", CcnLive);
customElements.define("ccn-badge", CcnBadge);
