// Shows notices that are pushed to this browser, also while no page of the site is open. It caches nothing.
self.addEventListener("push", event => {
  const notice = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(notice.title ?? "CCN", { body: notice.body, tag: notice.tag, icon: "/favicon.svg", data: { url: notice.url ?? "/notifications" } }));
});

self.addEventListener("notificationclick", event => {
  event.notification.close();
  const url = new URL(event.notification.data.url, self.location.origin);
  if (url.origin !== self.location.origin) { return; }

  event.waitUntil(self.clients.matchAll({ type: "window" }).then(tabs => {
    const open = tabs.find(tab => tab.url === url.href);
    return open ? open.focus() : self.clients.openWindow(url.href);
  }));
});
