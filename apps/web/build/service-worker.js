/* global self, caches, location */
/* The service worker of the client; build/service-worker.mjs fills in what follows. */
const NAME = 'VERSION';
const FILES = ['FILES'];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)))),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  // Every address of a page is the same document; the newest, if there is a connection.
  if (request.mode === 'navigate' && !/\.\w+$|^\/(graphql|exports)\b/.test(pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match('/', { cacheName: NAME })));
  } else if (pathname.startsWith('/assets/')) {
    // Names of assets contain a hash of their content.
    event.respondWith(
      caches.match(request, { cacheName: NAME, ignoreVary: true }).then((kept) => kept ?? fetch(request)),
    );
  }
});
