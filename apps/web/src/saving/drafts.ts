import { keep, list, read, remove, removeAll } from './device.ts';
import { personOfPage } from './person.ts';
import { textsOf } from './texts.ts';

/** How long after a keystroke a text is on the device, at most. */
const WRITE_MS = 200;

const unwritten = new Map<string, string | undefined>();
/** The keys of this page. */
const known = new Set<string>();
const cleared = new EventTarget();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps what somebody types on the device soon; undefined if there is nothing to keep any more. */
export function keepDraft(key: string, text: string | undefined): void {
  known.add(key);
  unwritten.set(key, text);
  timer ??= setTimeout(() => void writeDrafts(), WRITE_MS);
}

/** Keeps nothing any more of what has keys that begin alike. */
export function clearDrafts(prefix: string): void {
  for (const key of known) if (key.startsWith(prefix)) keepDraft(key, undefined);
  const person = personOfPage();
  // Of fields that were not shown since the page was loaded.
  if (person !== undefined) void removeAll(person, 'draft', prefix);
}

/** The text that was typed before. Undefined without one, and for one that is about to be saved. */
export async function readDraft(key: string): Promise<string | undefined> {
  const person = personOfPage();
  if (unwritten.has(key)) return unwritten.get(key);
  const text = person === undefined ? undefined : await read(person, 'draft', key);
  if (person === undefined || typeof text !== 'string') return undefined;
  const changes = await list(person, 'change');
  return changes.some(({ value }) => textsOf(value).includes(text.trim())) ? undefined : text;
}

/** Keeps everything that was typed, now: the page is about to go. */
export async function writeDrafts(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const person = personOfPage();
  if (person === undefined) return;
  const texts = [...unwritten];
  unwritten.clear();
  await Promise.all(
    texts.map(([key, text]) =>
      text === undefined ? remove(person, 'draft', key) : keep(person, 'draft', key, text),
    ),
  );
}

/**
 * Clears the drafts whose whole text was saved with a change that was sent after the page had been loaded again: no component is left
 * that would clear them.
 */
export async function clearSavedDrafts(person: string, texts: ReadonlySet<string>): Promise<void> {
  await writeDrafts();
  for (const { id, value } of await list(person, 'draft')) {
    if (typeof value !== 'string' || !texts.has(value.trim())) continue;
    await remove(person, 'draft', id);
    cleared.dispatchEvent(new CustomEvent(id));
  }
}

/** Calls back when a draft was cleared because it was saved by an earlier page. @returns how to stop that */
export function onDraftCleared(key: string, react: () => void): () => void {
  cleared.addEventListener(key, react);
  return () => {
    cleared.removeEventListener(key, react);
  };
}

addEventListener('pagehide', () => void writeDrafts());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void writeDrafts();
});
