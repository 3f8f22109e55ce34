import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

/** Browsers that are commonly installed, besides the one in the variable CHROMIUM. */
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * How to launch an installed Chromium, or the one in the package @sparticuz/chromium, which runs on Linux with x64.
 *
 * @returns the reason, where there is neither
 */
export async function browserOptions(): Promise<{ executablePath: string; args: string[] } | string> {
  const named = process.env['CHROMIUM'];
  const installed = [...(named === undefined ? [] : [named]), ...INSTALLED].find((path) => existsSync(path));
  if (installed !== undefined) return { executablePath: installed, args: [] };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return 'No Chromium is installed, and the packaged one runs on Linux with x64 only: set CHROMIUM to the path of one.';
  }
  sparticuz.setGraphicsMode = false;
  return {
    executablePath: await sparticuz.executablePath(),
    // Not sparticuz.args: they switch off what these tests are about, such as web security.
    args: ['--no-sandbox', '--disable-gpu'],
  };
}

/** Starts that browser. @returns the reason, where it cannot run */
export async function startBrowser(): Promise<Browser | string> {
  try {
    const options = await browserOptions();
    return typeof options === 'string' ? options : await chromium.launch(options);
  } catch (error) {
    return `Chromium does not start: ${error instanceof Error ? error.message.split('\n', 1).join('') : String(error)}`;
  }
}
