import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';

const BENCH = join(import.meta.dirname, '..', '..', 'bench');
/** Text in quotes or backticks that begins as a GraphQL operation with a selection does. */
const OPERATION = /(['`])((?:(?:query|mutation)\b[^'`]*?)?\{[^'`]*\})\1/g;

/** The operations in a file of the benchmark, a separate project whose files are read and not imported. */
function operationsIn(text: string): string[] {
  return Array.from(text.matchAll(OPERATION), ([, , operation = '']) =>
    operation.replaceAll(/\$\{[^}]*\}/g, '1'),
  ).filter((operation) => /^(query|mutation|\{\s*\w+\s*[({])/.test(operation));
}

describe('the operations of the benchmark', () => {
  it.each(['growth.ts', 'trends.ts'])('in %s are valid for the schema', async (file) => {
    expect(await readdir(BENCH)).toContain(file);
    const schema = buildSchema(await readFile(join(BENCH, '..', 'schema.graphql'), 'utf8'));
    const operations = operationsIn(await readFile(join(BENCH, file), 'utf8'));
    expect(operations.length).toBeGreaterThanOrEqual(2);
    for (const operation of operations) {
      expect([operation, validate(schema, parse(operation)).map(({ message }) => message)]).toEqual([
        operation,
        [],
      ]);
    }
  });
});
