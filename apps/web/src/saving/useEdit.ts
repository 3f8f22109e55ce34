import { useState } from 'react';
import { useDraft } from './useDraft.ts';

/** What became of an edit: `conflict` if somebody, or the same person elsewhere, has saved another text since it began. */
export type Outcome = 'saved' | 'conflict' | 'failed';

export interface Edit {
  readonly isOpen: boolean;
  readonly text: string;
  /** The text that was saved in the meantime, once saving found that it is not the one that this edit is based on. */
  readonly theirs: string | undefined;
  readonly open: () => void;
  readonly setText: (text: string) => void;
  /** @param isOtherwiseChanged whether to store the text even if it is the saved one, because something beside it has changed */
  readonly save: (isOtherwiseChanged?: boolean) => Promise<boolean>;
  /** Gives up what was typed. */
  readonly cancel: () => void;
  /** After a conflict: replaces what was saved in the meantime. */
  readonly choose: (text: string) => Promise<void>;
}

/**
 * An edit of a saved text in its place. What is typed is kept on the device with the text that it is based on, so that it opens again
 * after a reload, and never silently replaces what was saved in the meantime.
 *
 * @param value the saved text as it is now
 * @param store saves a text; `conflict` if the service has another one than `value`, which then changes
 */
export function useEdit(key: string, value: string, store: (text: string) => Promise<Outcome>): Edit {
  const [kept, keep, draft] = useDraft(key, '');
  const [isOpened, setOpened] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const typed = parse(kept);
  const base = typed?.base ?? value;
  const text = typed?.text ?? value;
  const setText = (next: string): void => {
    keep(JSON.stringify({ base, text: next }));
  };
  const close = (): void => {
    draft.clear();
    setOpened(false);
    setAsked(false);
  };
  const storeNow = async (next: string): Promise<boolean> => {
    const outcome = await store(next);
    if (outcome === 'saved') close();
    return outcome === 'saved';
  };
  return {
    isOpen: isOpened || (draft.isKept && text !== value),
    text,
    theirs: isAsked && base !== value && text !== value ? value : undefined,
    open: () => {
      setOpened(true);
    },
    setText,
    save: async (isOtherwiseChanged = false) => {
      if (text === value && !isOtherwiseChanged) {
        close();
        return true;
      }
      setOpened(true);
      setAsked(true);
      return base === value && (await storeNow(text));
    },
    cancel: close,
    choose: async (next) => {
      if (next === value) {
        close();
        return;
      }
      keep(JSON.stringify({ base: value, text: next }));
      await storeNow(next);
    },
  };
}

function parse(kept: string): { readonly base: string; readonly text: string } | undefined {
  if (kept === '') return undefined;
  try {
    const { base, text } = JSON.parse(kept) as Record<string, unknown>;
    return typeof base === 'string' && typeof text === 'string' ? { base, text } : undefined;
  } catch {
    return undefined;
  }
}
