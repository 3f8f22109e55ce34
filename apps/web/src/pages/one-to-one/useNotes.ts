import { useEffect, useRef, useState } from 'react';
import { useDraft } from '../../saving/useDraft.ts';
import { mergeNotes } from './notes-merge.ts';

/** A text as the service has it. */
export interface SavedText {
  readonly text: string;
  readonly version: number;
  /** Whether the viewer wrote this version. */
  readonly isMine: boolean;
}

/** What somebody has typed, and the saved text that it is based on. */
interface Typed {
  readonly text: string;
  readonly base: string;
  readonly version: number;
}

/** The version that was saved, or why nothing was. */
export type SaveResult = number | 'conflict' | 'not-saved';

export interface NotesState {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What the other participant saved at the same time in the same lines. */
  readonly conflict: string | undefined;
  readonly choose: (text: string) => void;
  /** Whether everything that was typed is saved. */
  readonly isSaved: boolean;
}

/** How long after the last keystroke a text is saved, and how long at most while somebody types on. */
const PAUSE_MS = 500;
const LONGEST_MS = 2500;

/**
 * Notes that are saved while they are written. What the other participant saves appears in the text as long as it is in other lines;
 * in the same lines it is a conflict, and nothing is saved until a person has chosen.
 *
 * @param key names the draft on this device
 * @param save saves a text that is based on a version
 */
export function useNotes(
  key: string,
  saved: SavedText,
  save: (text: string, version: number) => Promise<SaveResult>,
): NotesState {
  const [stored, setStored, draft] = useDraft(key, '');
  const [isSending, setSending] = useState(false);
  /** A text that the service rejected is sent again when it has changed. */
  const [rejected, setRejected] = useState<string>();
  const firstChange = useRef<number>(undefined);
  const typed = readTyped(stored);

  const { text, conflict } = combine(typed, saved, { isSending, isKept: draft.isKept });
  const isSaved = text === saved.text && !isSending;
  const write = (next: Typed): void => {
    setStored(JSON.stringify(next));
  };
  const setText = (next: string): void => {
    firstChange.current ??= Date.now();
    const keepsBase = typed !== undefined && (isSending || conflict !== undefined);
    write(keepsBase ? { ...typed, text: next } : { text: next, base: saved.text, version: saved.version });
  };

  const latest = useRef({ text, saved, save, write, clear: draft.clear });
  useEffect(() => {
    latest.current = { text, saved, save, write, clear: draft.clear };
  });

  const isDone = typed !== undefined && isSaved;
  useEffect(() => {
    if (isDone) latest.current.clear();
  }, [isDone]);

  const isBlocked =
    typed === undefined || isSaved || isSending || conflict !== undefined || text === rejected;
  useEffect(() => {
    if (isBlocked) return;
    const send = async (): Promise<void> => {
      firstChange.current = undefined;
      const { text: sent, saved: base } = latest.current;
      latest.current.write({ text: sent, base: base.text, version: base.version });
      setSending(true);
      const result = await latest.current.save(sent, base.version);
      setSending(false);
      if (typeof result === 'number') {
        latest.current.write({ text: latest.current.text, base: sent, version: result });
        setRejected(undefined);
      } else if (result === 'not-saved') setRejected(sent);
    };
    const waited = Date.now() - (firstChange.current ?? Date.now());
    const timer = setTimeout(() => void send(), Math.max(0, Math.min(PAUSE_MS, LONGEST_MS - waited)));
    return () => {
      clearTimeout(timer);
    };
  }, [isBlocked, text]);

  // Leaving the page saves at once what would have been saved soon.
  const isUnsaved = useRef(false);
  useEffect(() => {
    isUnsaved.current = !isBlocked;
  }, [isBlocked]);
  useEffect(
    () => () => {
      if (!isUnsaved.current) return;
      const { text: last, saved: base, save: saveLast, clear } = latest.current;
      void saveLast(last, base.version).then((result) => {
        if (typeof result === 'number') clear();
      });
    },
    [],
  );

  return {
    text,
    setText,
    conflict,
    choose: (chosen) => {
      write({ text: chosen, base: saved.text, version: saved.version });
    },
    isSaved,
  };
}

/** What is shown: what was typed, with what was saved since; and what was saved, if the two cannot be combined. */
function combine(
  typed: Typed | undefined,
  saved: SavedText,
  { isSending, isKept }: { readonly isSending: boolean; readonly isKept: boolean },
): { readonly text: string; readonly conflict: string | undefined } {
  if (typed === undefined) return { text: saved.text, conflict: undefined };
  const isCurrent = isSending || typed.version === saved.version;
  // Before the page was loaded again, the viewer saved a part of what was typed.
  const isContinued = isKept && saved.isMine;
  if (isCurrent || isContinued) return { text: typed.text, conflict: undefined };
  const merged = mergeNotes(typed.base, typed.text, saved.text);
  return merged === undefined
    ? { text: typed.text, conflict: saved.text }
    : { text: merged, conflict: undefined };
}

function readTyped(stored: string): Typed | undefined {
  if (stored === '') return undefined;
  try {
    return JSON.parse(stored) as Typed;
  } catch {
    return undefined;
  }
}
