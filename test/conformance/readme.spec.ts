import { readFile } from 'node:fs/promises';
import { buildSchema, parse, validate } from 'graphql';

describe('README.md', () => {
  it('shows only operations that the schema accepts', async () => {
    const [readme, sdl] = await Promise.all([
      readFile('README.md', 'utf8'),
      readFile('schema.graphql', 'utf8'),
    ]);
    const operations = Array.from(readme.matchAll(/ask '([^']+)'/g), ([, operation]) => operation!);
    expect(operations.length).toBeGreaterThan(5);
    const schema = buildSchema(sdl);
    const errors = operations.flatMap((operation) =>
      validate(schema, parse(operation)).map(({ message }) => message),
    );
    expect(errors).toEqual([]);
  });
});
