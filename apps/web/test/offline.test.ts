/** The client without a connection, from the files that the service worker keeps on the device. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openPage, signIn, tell } from './stories.ts';

await tell('the web client without a connection', (browser) => {
  it('opens from the device, says what is missing, and goes on once it is there', async () => {
    const { page, errors } = await openPage(browser, { serviceWorkers: 'allow' });
    await signIn(page, /Leonie Ahrens/);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    const kept = await page.evaluate(async () => {
      const [name = ''] = await caches.keys();
      const requests = await (await caches.open(name)).keys();
      return requests.map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.includes('/'));
    assert.deepEqual(
      kept.filter((path) => !/^\/(|icon\.svg|assets\/[\w.-]+)$/.test(path)),
      [],
      'nothing but files of the client',
    );
    assert.deepEqual(errors, []);

    // The first page was loaded without the worker.
    await page.reload();
    await page.context().setOffline(true);
    await page.goto(new URL('/goals', page.url()).href);
    await page.getByRole('heading', { name: 'There is no connection to Mutual' }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'My goals' }).waitFor();

    // A page that could not be loaded comes by itself as soon as the browser says that there is a connection.
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Trends' }).click();
    await page.getByRole('heading', { name: 'There is no connection to Mutual' }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole('heading', { level: 1, name: 'Trends' }).waitFor();
  });
});
