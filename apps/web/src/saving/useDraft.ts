import { useCallback, useEffect, useMemo, useState } from 'react';
import { keepDraft, onDraftCleared, readDraft } from './drafts.ts';

export interface Draft {
  /** Whether the text was typed before this page was loaded, and was not saved. */
  readonly isKept: boolean;
  /** After saving, or to give up: the text is `initial` again, and nothing is kept on the device. */
  readonly clear: () => void;
}

interface Typed {
  readonly key: string;
  readonly text: string | undefined;
  readonly isKept: boolean;
}

/**
 * A text that is kept on this device while it is typed, so that it survives a reload, a crash and a session that ends. As long as nothing
 * was typed, the text is `initial`, also when that changes.
 *
 * @param key names what is written, for example `point:` and the id of a conversation; the same for as long as it means the same
 * @param initial the saved text, or an empty one
 */
export function useDraft(
  key: string,
  initial: string,
): readonly [text: string, setText: (text: string) => void, draft: Draft] {
  const [typed, setTyped] = useState<Typed>({ key, text: undefined, isKept: false });
  const { text, isKept } = typed.key === key ? typed : { text: undefined, isKept: false };

  useEffect(() => {
    let isCurrent = true;
    void readDraft(key).then((kept) => {
      if (!isCurrent || kept === undefined) return;
      // What was typed in the meantime is newer.
      setTyped((now) =>
        now.key === key && now.text !== undefined ? now : { key, text: kept, isKept: true },
      );
    });
    const stop = onDraftCleared(key, () => {
      setTyped({ key, text: undefined, isKept: false });
    });
    return () => {
      isCurrent = false;
      stop();
    };
  }, [key]);

  const setText = useCallback(
    (next: string) => {
      setTyped((now) => ({ key, text: next, isKept: now.key === key && now.isKept }));
      keepDraft(key, next === initial ? undefined : next);
    },
    [key, initial],
  );
  const clear = useCallback(() => {
    setTyped({ key, text: undefined, isKept: false });
    keepDraft(key, undefined);
  }, [key]);
  const shown = text ?? initial;
  const draft = useMemo(
    () => ({ isKept: isKept && shown !== initial, clear }),
    [isKept, shown, initial, clear],
  );
  return [shown, setText, draft];
}
