import { capture, projectNode } from '../../scripts/processes.mjs';
import { long } from '../setup/prove.js';
import { serveClient, WEB } from './served-client.js';

describe('the main pages of the web client', () => {
  // Performance is measured, so the long form needs a machine that does nothing else.
  (long ? it : it.skip)(
    'have 100 for accessibility and at least 95 for performance in Lighthouse',
    async () => {
      const client = await serveClient();
      try {
        const { code, stdout, stderr } = await capture(projectNode(), ['bench/lighthouse.ts'], {
          cwd: WEB,
          env: { ...process.env, WEB_URL: client.url },
        });
        process.stdout.write(stdout);
        if (code !== 0) throw new Error(`${stdout}${stderr}`);
      } finally {
        await client.close();
      }
    },
  );
});
