/** What the client keeps on the device, read past it. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Drafts are texts that somebody types, changes are what the service has not answered yet. */
export type Kept = 'draft' | 'change';

const PATIENCE = 60_000;

/** How many rows of a kind the device has. */
async function countKept(page: Page, kind: Kept): Promise<number> {
  return page.evaluate(async (wanted) => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'mutual')) return 0;
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('mutual');
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(new Error('There is no database.'));
      };
    });
    const rows = await new Promise<{ kind: string }[]>((resolve) => {
      const request = database.transaction('rows').objectStore('rows').getAll() as IDBRequest<
        { kind: string }[]
      >;
      request.onsuccess = () => {
        resolve(request.result);
      };
    });
    database.close();
    return rows.filter((row) => row.kind === wanted).length;
  }, kind);
}

/** Waits until the device has so many rows of a kind. */
export async function waitForKept(page: Page, kind: Kept, count: number, within = PATIENCE): Promise<void> {
  const end = Date.now() + within;
  for (;;) {
    // A page that is just being replaced by the next one cannot be asked.
    const actual = await countKept(page, kind).catch((error: unknown) => String(error));
    if (actual === count) return;
    if (Date.now() > end) assert.equal(actual, count);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until the service has answered everything that a page has sent. @throws after a few seconds */
export async function waitUntilSaved(page: Page): Promise<void> {
  await waitForKept(page, 'change', 0, 5000);
}
