import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { rounds } from '../setup/prove.js';

/** Runs the drill as `npm run drill:crash -- …` does, and shows what it says. */
function drill(...args: readonly string[]): Promise<{ code: number | null; lines: readonly string[] }> {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'drill-crash.mjs');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    process.stdout.write(text);
  });
  return new Promise((done) => {
    child.once('close', (code) => {
      done({ code, lines: said.trimEnd().split('\n') });
    });
  });
}

describe('the crash drill', () => {
  it('loses nothing that was acknowledged, and leaves nothing half done', async () => {
    const { code, lines } = await drill(String(rounds(1, 5)));
    expect(lines.at(-1)).toMatch(/^acknowledged [1-9]\d{2,} lost 0$/);
    expect(code).toBe(0);
  }, 300_000);

  it('finds losses where PostgreSQL acknowledges before it has written', async () => {
    const { code, lines } = await drill(String(rounds(1, 5)), '--synchronous-commit=off');
    expect(lines.at(-1)).toMatch(/^acknowledged [1-9]\d+ lost [1-9]\d*$/);
    expect(code).toBe(0);
  }, 300_000);
});
