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
  const watchAll = (): Promise<void> => hub.invoke("watch", [...watchers.keys()]);
  hub.onreconnected(() => void watchAll());
  await hub.start();
  document.documentElement.dataset["live"] = "on";
  return hub;
}

/** Calls back whenever something about the topic changes, by its id. */
export function watch(topic: string, watcher: Watcher): () => void {
  const known = watchers.get(topic);
  if (known) { known.add(watcher); } else { watchers.set(topic, new Set([watcher])); }
  connection ??= connect();
  if (!known) { void connection.then(hub => hub.invoke("watch", [topic])).catch(() => { /* without a connection the page stays as it is */ }); }
  return () => watchers.get(topic)?.delete(watcher);
}

// Parts of one page that change together are taken from one fetch.
let fetching: Promise<Document> | undefined;

function freshPage(): Promise<Document> {
  fetching ??= fetch(location.href, { headers: { "X-Live": "1" } }).then(answer => answer.text()).then(text => new DOMParser().parseFromString(text, "text/html")).finally(() => { fetching = undefined; });
  return fetching;
}

// <ccn-live topic="dsg_…">…</ccn-live>: when the topic changes, its part of the page is fetched again and replaced, as long as nobody is typing in it.
class CcnLive extends HTMLElement {
  #stop = (): void => undefined;
  #pending = 0;

  connectedCallback(): void { const topic = this.getAttribute("topic"); if (topic) { this.#stop = watch(topic, () => this.#soon()); } }
  disconnectedCallback(): void { this.#stop(); window.clearTimeout(this.#pending); }

  // Many changes in one instant are one refresh.
  #soon(): void { window.clearTimeout(this.#pending); this.#pending = window.setTimeout(() => void this.#refresh(), 150); }

  async #refresh(): Promise<void> {
    if (!this.id || this.querySelector(":is(input, textarea, select):focus, details[open] form")) { return; }
    const fresh = (await freshPage()).getElementById(this.id);
    if (fresh && this.isConnected) { this.replaceChildren(...fresh.childNodes); }
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
