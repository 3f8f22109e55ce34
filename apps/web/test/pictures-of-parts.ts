import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { createServer } from 'vite';

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

/** Takes pictures of test/parts.tsx, which shows the shared parts in their states, from left to right and from right to left. */
export async function takePicturesOfParts(browser: Browser, folder: string): Promise<void> {
  const server = await createServer({
    root: join(import.meta.dirname, '..'),
    logLevel: 'error',
    server: { port: 0 },
  });
  await server.listen();
  try {
    const [url = ''] = server.resolvedUrls?.local ?? [];
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const direction of ['ltr', 'rtl']) {
          const context = await browser.newContext({ viewport, colorScheme, timezoneId: 'Europe/Berlin' });
          const page = await context.newPage();
          page.on('pageerror', ({ message }) => {
            console.log(`error: ${message}`);
          });
          await page.goto(`${url}test/parts.html?dir=${direction}`);
          await page.getByText('Plain: parts, facts and rows').waitFor();
          // The formatted text loads later, and a skeleton is seen after a moment.
          await page.locator('blockquote').first().waitFor();
          await page.waitForTimeout(500);
          const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
          if (scrollWidth > viewport.width)
            console.log(`parts, ${size}, ${direction}: wider than the screen`);
          await page.screenshot({
            path: join(folder, `parts-${direction}-${size}-${colorScheme}.png`),
            fullPage: true,
          });
          await context.close();
        }
      }
    }
  } finally {
    await server.close();
  }
}
