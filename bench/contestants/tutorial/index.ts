import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transformFile } from '@swc/core';
import type { Contestant } from '../../contestant.ts';
import { graphqlBody, operations } from '../../questions.ts';

const src = join(import.meta.dirname, 'src');
const dist = join(import.meta.dirname, 'dist');

/** Decorators and their metadata are what Node does not strip: as Nest's own command does, swc compiles them. */
async function compile(): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  for (const file of (await readdir(src)).filter((name) => name.endsWith('.ts'))) {
    const { code } = await transformFile(join(src, file), {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        target: 'es2024',
        keepClassNames: true,
      },
      module: { type: 'es6' },
    });
    await writeFile(join(dist, file.replace(/\.ts$/, '.js')), code);
  }
}

/** Written as the documentation teaches. */
export const tutorial: Contestant = {
  name: 'tutorial',
  // Suggestions are a rule of the product, not a way to read rows.
  answers: ['Q1', 'Q2', 'Q3'],
  about:
    'NestJS, Apollo Server and TypeORM as in their documentation: code first, DataLoaders per request, hydrated entities, Express; one transaction per operation.',
  sql: join(import.meta.dirname, '..', 'views.sql'),
  prepare: compile,
  command: ({ databaseUrl, port }) => ({
    arguments: [join(dist, 'main.js')],
    folder: import.meta.dirname,
    environment: { NODE_ENV: 'production', DATABASE_URL: databaseUrl, PORT: String(port) },
  }),
  request: (question, caller) => ({
    path: '/graphql',
    body: graphqlBody(operations[question], caller.variables),
  }),
};
