import { describe, expect, it } from '@jest/globals';
import { TIMED_OUT, runMutant } from './run-mutant.js';

const SQUARE = { file: 'mutants/square.fixture.ts', text: 'number * number', by: 'number + number' };

function run(by: string, text = SQUARE.text, timeLimitMs = 60_000) {
  return runMutant<number>({
    replacements: [{ ...SQUARE, text, by }],
    module: new URL('./square.fixture.ts', import.meta.url),
    call: 'square',
    argument: 3,
    timeLimitMs,
  });
}

describe('a run of a mutant', () => {
  it('returns what the function returns with a text of its source replaced', async () => {
    expect(await run(SQUARE.text)).toBe(9);
    expect(await run('number + number')).toBe(6);
  });

  it('is stopped when it exceeds the time limit', async () => {
    expect(await run('(() => { for (;;); })()', SQUARE.text, 3_000)).toBe(TIMED_OUT);
  });

  it('fails where the text is not in the source, and where the function throws', async () => {
    await expect(run('1', 'a text that is not there')).rejects.toThrow('does not contain');
    await expect(run('(() => { throw new Error("a mistake"); })()')).rejects.toThrow('a mistake');
  });
});
