import { capture, projectNode } from '../../scripts/processes.mjs';

/** Shows a line of a drill's report. */
export const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

/** Runs a drill as `npm run drill:NAME -- …` does. */
export async function runDrill(
  name: 'crash' | 'restore',
  ...args: string[]
): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await capture(projectNode(), ['scripts/drill.mjs', name, ...args]);
  return { code, output: stdout + stderr };
}
