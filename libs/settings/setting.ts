import 'reflect-metadata';
import { Transform } from 'class-transformer';

/** The processes that serve: the API, and the worker, which sends mail. */
export type ProcessName = 'api' | 'worker';

/** What README.md, .env.example and error messages say about one setting. */
export interface SettingNote {
  /** The environment variable. */
  readonly name: string;
  /** What it does, in one or two sentences of plain text. */
  readonly note: string;
  /** The default as written in the environment; empty if there is none. */
  readonly byDefault: string;
  /** The processes that require it in production. */
  readonly neededInProduction: readonly ProcessName[];
}

interface SettingOptions {
  readonly byDefault?: string;
  readonly neededInProduction?: readonly ProcessName[];
  /** Turns the text of the environment into the property's type; a text that cannot be converted is returned unchanged, for the validator. */
  readonly read?: (text: string) => unknown;
}

const notes = new WeakMap<object, (SettingNote & { property: string; read: (text: string) => unknown })[]>();

/** Makes a property a setting, read from the environment variable of the same name in capitals (`mailFrom`: MAIL_FROM). */
export function Setting(note: string, options: SettingOptions = {}): PropertyDecorator {
  return (prototype, key) => {
    const property = String(key);
    const read = options.read ?? ((text: string) => text);
    const known = notes.get(prototype) ?? [];
    notes.set(prototype, known);
    known.push({
      property,
      name: property.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase(),
      note,
      byDefault: options.byDefault ?? '',
      neededInProduction: options.neededInProduction ?? [],
      read,
    });
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? read(value) : value))(
      prototype,
      key,
    );
  };
}

/** The settings of a class, in the order in which they are written. */
export function notesOf(settingsClass: { readonly prototype: object }) {
  return notes.get(settingsClass.prototype) ?? [];
}

/** For `read`: a whole number, or the text itself if it is not one. */
export function wholeNumber(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** For `read`: a number with or without a fraction, or the text itself if it is not one. */
export function number(text: string): number | string {
  return /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : text;
}

/** For `read`: `name=value` pairs separated by commas, values percent-encoded; the text itself if it is not that. */
export function pairs(text: string): Readonly<Record<string, string>> | string {
  const found: Record<string, string> = {};
  for (const pair of list(text)) {
    const [, name, encoded] = /^([\w.*/-]+)\s*=\s*(.*)$/.exec(pair) ?? [];
    const value = encoded === undefined ? undefined : decoded(encoded);
    if (name === undefined || value === undefined) return text;
    found[name] = value;
  }
  return found;
}

function decoded(text: string): string | undefined {
  try {
    const value = decodeURIComponent(text);
    return /\p{Cc}/u.test(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** For `read`: the parts of a comma-separated list, trimmed. */
export function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
