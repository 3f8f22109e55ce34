/**
 * Part of npm run build: writes dist/operations.json, the manifest of the operations that the client sends, as their texts are when it sends
 * them. An API with TRUSTED_OPERATIONS accepts no others from pages.
 */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { InMemoryCache } from '@apollo/client';
import { Kind, print } from 'graphql';
import * as generated from '../src/graphql/graphql.ts';

// Adds __typename to every selection.
const cache = new InMemoryCache();
const operations = Object.entries(generated)
  .filter(([name]) => name.endsWith('Document'))
  .map(([, document]) => {
    const body = print(cache.transformDocument(document));
    const { name, operation } = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return { id: createHash('sha256').update(body).digest('hex'), name: name.value, type: operation, body };
  });
await writeFile(
  new URL('../dist/operations.json', import.meta.url),
  `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`,
);
