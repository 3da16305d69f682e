// <ccn-push key="…" hidden><button data-on="…" data-off="…"></button><p role="status"></p></ccn-push>: this browser's subscription to the reader's notices.
// Hidden until it is known that the browser can show any.
const worker = "/sw.js";

class CcnPush extends HTMLElement {
  async connectedCallback(): Promise<void> {
    if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) { return; }

    this.hidden = false;
    this.#button.addEventListener("click", () => void this.#toggle());
    const registration = await navigator.serviceWorker.getRegistration(worker);
    this.#show((await registration?.pushManager.getSubscription()) ?? null);
  }

  get #button(): HTMLButtonElement { return this.querySelector("button")!; }

  #show(subscription: PushSubscription | null): void {
    this.#button.textContent = (subscription ? this.#button.dataset.off : this.#button.dataset.on) ?? "";
    this.#button.setAttribute("aria-pressed", String(subscription !== null));
  }

  #say(text: string): void { this.querySelector("[role=status]")!.textContent = text; }

  async #toggle(): Promise<void> {
    this.#button.disabled = true;
    try {
      const registration = await navigator.serviceWorker.register(worker);
      const known = await registration.pushManager.getSubscription();
      this.#show(known ? await this.#end(known) : await this.#begin(registration));
    } catch {
      this.#say("This browser could not reach its push service. Nothing has changed; try again later.");
    } finally {
      this.#button.disabled = false;
    }
  }

  async #begin(registration: ServiceWorkerRegistration): Promise<PushSubscription | null> {
    if (await Notification.requestPermission() !== "granted") {
      this.#say("This browser does not allow notices from this site. You can change that in its settings.");
      return null;
    }

    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: this.getAttribute("key")! });
    const { keys } = subscription.toJSON();
    const answer = await fetch("/v1/me/push-subscription", {
      method: "PUT",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ endpoint: subscription.endpoint, p256dh: keys?.p256dh, auth: keys?.auth }),
    });
    if (!answer.ok) {
      await subscription.unsubscribe();
      this.#say("The site did not take this browser's push service. Nothing has changed.");
      return null;
    }

    this.#say("Notices come to this browser from now on.");
    return subscription;
  }

  async #end(subscription: PushSubscription): Promise<null> {
    await fetch(`/v1/me/push-subscription?endpoint=${encodeURIComponent(subscription.endpoint)}`, { method: "DELETE", headers: { Accept: "application/json" } });
    await subscription.unsubscribe();
    this.#say("This browser shows no more notices.");
    return null;
  }
}

customElements.define("ccn-push", CcnPush);
