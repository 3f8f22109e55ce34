import type { messages as account } from './en/account.ts';
import type { messages as barriers } from './en/barriers.ts';
import type { messages as admin } from './en/admin.ts';
import type { messages as base } from './en/base.ts';
import type { messages as business } from './en/business.ts';
import type { messages as fit } from './en/fit.ts';
import type { messages as goals } from './en/goals.ts';
import type { messages as handover } from './en/handover.ts';
import type { messages as me } from './en/me.ts';
import type { messages as ownGoal } from './en/own-goal.ts';
import type { messages as palette } from './en/palette.ts';
import type { messages as pulse } from './en/pulse.ts';
import type { messages as signIn } from './en/sign-in.ts';
import type { messages as team } from './en/team.ts';
import type { messages as oneToOne } from './en/one-to-one.ts';
import type { messages as suggestions } from './en/suggestions.ts';
import type { messages as today } from './en/today.ts';
import type { messages as trends } from './en/trends.ts';
import type { messages as welcome } from './en/welcome.ts';

/**
 * Everything that the program says, as ICU messages: a folder a language, a file a section. A section loads with the page that says it
 * (`router.tsx`, `routes/`); `base` is part of every page. To add one, write its file in each language and add it to `Sections`.
 */
export interface Sections {
  readonly account: typeof account;
  readonly barriers: typeof barriers;
  readonly admin: typeof admin;
  readonly base: typeof base;
  readonly business: typeof business;
  readonly fit: typeof fit;
  readonly goals: typeof goals;
  readonly handover: typeof handover;
  readonly me: typeof me;
  readonly 'one-to-one': typeof oneToOne;
  readonly 'own-goal': typeof ownGoal;
  readonly palette: typeof palette;
  readonly pulse: typeof pulse;
  readonly 'sign-in': typeof signIn;
  readonly team: typeof team;
  readonly suggestions: typeof suggestions;
  readonly today: typeof today;
  readonly trends: typeof trends;
  readonly welcome: typeof welcome;
}

export type Section = keyof Sections;
export type Key = { [S in Section]: keyof Sections[S] }[Section];
/** What a section has in every other language: the same keys. */
export type Translation<S extends Section> = Readonly<Record<keyof Sections[S], string>>;

export type Language = 'en' | 'de';
/** ICU messages, parsed when the client is built (build/parse-messages.ts). */
export type Messages = Readonly<Partial<Record<Key, string>>>;

const FILES = import.meta.glob<Messages>(['./en/*.ts', './de/*.ts'], { import: 'messages' });

/** What was loaded so far, for when another language is chosen. */
const sections = new Set<Section>(['base']);
const loaded: Record<Language, Partial<Record<Key, string>>> = { en: {}, de: {} };

/** Loads sections in a language. @returns the messages of all loaded sections */
export async function loadSections(language: Language, ...wanted: readonly Section[]): Promise<Messages> {
  for (const section of wanted) sections.add(section);
  const files = await Promise.all(
    [...sections].map((section) => FILES[`./${language}/${section}.ts`]?.() ?? missing(language, section)),
  );
  return Object.assign(loaded[language], ...files) as Messages;
}

function missing(language: Language, section: Section): never {
  throw new Error(`There is no src/words/${language}/${section}.ts.`);
}
