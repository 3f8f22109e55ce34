import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RaisedCode } from '#db';

const registered = Object.values(RaisedCode) as string[];

async function filesBelow(folder: string, extension: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(extension)).map((name) => join(folder, name));
}

async function codesIn(paths: readonly string[]): Promise<Set<string>> {
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return new Set(texts.flatMap((text) => text.match(/\bMU\d{3}\b/g) ?? []));
}

describe('the codes that policies/ raises', () => {
  it('raises only registered codes in policies/, each registered once', async () => {
    const raised = await codesIn(await filesBelow('policies', '.sql'));
    expect([...raised].sort()).toEqual([...registered].sort());
    expect(new Set(registered).size).toBe(registered.length);
  });

  it('uses error codes as constants in libs/ and apps/', async () => {
    const sources = (await Promise.all(['libs', 'apps'].map((folder) => filesBelow(folder, '.ts')))).flat();
    const others = sources.filter((path) => !/error-codes\.ts$|\.spec\.ts$/.test(path));
    expect([...(await codesIn(others))]).toEqual([]);
  });
});
