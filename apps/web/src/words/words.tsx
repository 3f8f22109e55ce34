import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, use, useMemo, type ReactNode } from 'react';
import type { Key, Language, Messages } from './sections.ts';

export type { Key, Language } from './sections.ts';
type Value = string | number;

/** The words of one language. */
export interface Words {
  readonly language: Language;
  /** The message as text, without its tags. */
  readonly say: (key: Key, values?: Record<string, Value>) => string;
  /** The message with its tags as elements, for example `<q>` for words of a person. */
  readonly show: (
    key: Key,
    values: Record<string, Value>,
    tags: Record<string, (parts: ReactNode[]) => ReactNode>,
  ) => ReactNode;
}

const STORED = 'mutual.language';

/** The language that this device chose, or its browser's. */
export function chosenLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'de') return stored;
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

export function storeLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Keeps a name that is written from right to left from turning around the rest of a sentence: https://www.w3.org/International/articles/inline-bidi-markup */
function isolated(values: Record<string, Value> = {}): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value,
    ]),
  );
}

export function makeWords(language: Language, messages: Messages): Words {
  const formats = new Map<Key, IntlMessageFormat>();
  const formatOf = (key: Key): IntlMessageFormat => {
    const known = formats.get(key);
    if (known !== undefined) return known;
    const message = messages[key];
    if (message === undefined)
      throw new Error(`The section with ${key} is not loaded: its route names the sections of a page.`);
    const made = new IntlMessageFormat(message, language);
    formats.set(key, made);
    return made;
  };
  return {
    language,
    say: (key, values) =>
      String(formatOf(key).format<string>({ ...isolated(values), q: (parts: string[]) => parts.join('') })),
    show: (key, values, tags) => {
      const parts = formatOf(key).format<ReactNode>({ ...isolated(values), ...tags });
      return Array.isArray(parts) ? parts.map((part, index) => <span key={index}>{part}</span>) : parts;
    },
  };
}

interface Translation {
  readonly words: Words;
  readonly choose: (language: Language) => void;
}

const WordsContext = createContext<Translation | undefined>(undefined);

export function WordsProvider({
  language,
  messages,
  choose,
  children,
}: {
  readonly language: Language;
  readonly messages: Messages;
  readonly choose: (language: Language) => void;
  readonly children: ReactNode;
}): ReactNode {
  const value = useMemo(
    () => ({ words: makeWords(language, messages), choose }),
    [language, messages, choose],
  );
  return <WordsContext value={value}>{children}</WordsContext>;
}

export function useWords(): Words {
  return useTranslation().words;
}

/** The words, and how to choose another language. */
export function useTranslation(): Translation {
  const translation = use(WordsContext);
  if (translation === undefined) throw new Error('WordsProvider is missing.');
  return translation;
}
