import { parse } from '@formatjs/icu-messageformat-parser';
import { transformWithOxc, type Plugin } from 'vite';

const PARSER = '@formatjs/icu-messageformat-parser';

/**
 * Parses the ICU messages of src/words/ when the client is built: the browser gets them parsed, and no parser. A message with a fault
 * stops the build.
 */
export function parseMessages(): Plugin {
  return {
    name: 'parse-messages',
    enforce: 'pre',
    config: () => ({
      resolve: { alias: [{ find: new RegExp(`^${PARSER}$`), replacement: `${PARSER}/no-parser.js` }] },
    }),
    async transform(source, id) {
      const [, language] = /\/src\/words\/(en|de)\/[\w-]+\.ts$/.exec(id) ?? [];
      if (language === undefined) return null;
      const { code } = await transformWithOxc(source, id);
      const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
      const { messages } = (await import(url)) as { messages: Record<string, string> };
      const parsed = Object.fromEntries(
        Object.entries(messages).map(([key, message]) => [
          key,
          parse(message, { locale: new Intl.Locale(language) }),
        ]),
      );
      return { code: `export const messages = ${JSON.stringify(parsed)};`, map: null };
    },
  };
}
