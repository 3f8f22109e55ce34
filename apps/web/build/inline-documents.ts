import { readFile } from 'node:fs/promises';
import { Kind, parse } from 'graphql';
import type { Plugin } from 'vite';

const GENERATED = new URL('../src/graphql/graphql.ts', import.meta.url);
const CALL = /\bgraphql\(\s*(?:\/\*[^*]*\*\/\s*)?`([^`]*)`,?\s*\)/g;

/**
 * Replaces each call of `graphql()` by the document that `npm run generate` wrote for it. Otherwise the map of all documents would be
 * loaded with the first page: now a page carries its own.
 */
export function inlineDocuments(): Plugin {
  return {
    name: 'inline-documents',
    enforce: 'pre',
    async transform(code, id) {
      const [path = ''] = id.split('?', 1);
      if (!/\/src\/.*\.tsx?$/.test(path) || path.includes('/src/graphql/') || !code.includes('graphql(')) {
        return null;
      }
      const documents = await readDocuments();
      const replaced = code.replace(CALL, (_call, text: string) => {
        const name = nameOf(text);
        const document = documents.get(name);
        if (document === undefined) {
          this.error(`${name} is not in ${GENERATED.pathname}: run npm run generate in apps/web.`);
        }
        return document;
      });
      return { code: replaced, map: null };
    },
  };
}

/** The name of the generated constant of a document with one definition. */
function nameOf(text: string): string {
  const [definition] = parse(text, { noLocation: true }).definitions;
  if (definition?.kind === Kind.OPERATION_DEFINITION && definition.name !== undefined) {
    return `${definition.name.value}Document`;
  }
  if (definition?.kind === Kind.FRAGMENT_DEFINITION) return `${definition.name.value}FragmentDoc`;
  throw new Error(`A document needs a name: ${text}`);
}

async function readDocuments(): Promise<Map<string, string>> {
  const text = await readFile(GENERATED, 'utf8');
  return new Map(
    Array.from(
      text.matchAll(/^export const (\w+) = (\{.*\}) as unknown as DocumentNode</gm),
      ([, name = '', document = '']) => [name, document],
    ),
  );
}
