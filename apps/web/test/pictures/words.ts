import { IntlMessageFormat } from 'intl-messageformat';
import type { Key, Language } from '../../src/words/sections.ts';

/** What the program says, by its key: pictures in every language are taken with the same steps. */
export type Say = (key: Key, values?: Record<string, string | number>) => string;

const SECTIONS = [
  'account',
  'admin',
  'barriers',
  'base',
  'business',
  'fit',
  'goals',
  'handover',
  'me',
  'one-to-one',
  'own-goal',
  'palette',
  'pulse',
  'sign-in',
  'team',
  'suggestions',
  'today',
  'trends',
  'welcome',
];

export async function loadWords(language: Language): Promise<Say> {
  const messages: Partial<Record<Key, string>> = {};
  for (const section of SECTIONS) {
    const file = (await import(`../../src/words/${language}/${section}.ts`)) as {
      messages: Partial<Record<Key, string>>;
    };
    Object.assign(messages, file.messages);
  }
  return (key, values) => {
    const message = messages[key];
    if (message === undefined) throw new Error(`There is no ${key}.`);
    return String(
      new IntlMessageFormat(message, language).format<string>({
        ...values,
        q: (parts: string[]) => parts.join(''),
      }),
    );
  };
}
