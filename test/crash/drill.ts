import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Runs a drill as `npm run drill:… -- …` does, and shows what it says. */
export function drill(
  name: 'crash' | 'restore',
  ...args: readonly string[]
): Promise<{ code: number | null; lines: readonly string[] }> {
  const script = join(import.meta.dirname, '..', '..', 'scripts', `drill-${name}.mjs`);
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  return new Promise((done) => {
    child.once('close', (code) => {
      done({ code, lines: output.trimEnd().split('\n') });
    });
  });
}
