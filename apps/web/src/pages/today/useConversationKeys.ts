import { useEffect, useRef, type RefObject } from 'react';

/**
 * `j` and `k` walk through the conversations of a list, Enter opens the one that has the focus and `t` takes up its first suggestion; `?` shows
 * these keys.
 *
 * @returns for the element that contains the conversations, each marked with `data-conversation`
 */
export function useConversationKeys(showKeys: () => void): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const latest = useRef(showKeys);
  useEffect(() => {
    latest.current = showKeys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-conversation]') ?? [])];
      const at = all.findIndex((one) => one.contains(document.activeElement));
      if (event.key === 'j') all[Math.min(at + 1, all.length - 1)]?.focus();
      if (event.key === 'k') all[Math.max(at - 1, 0)]?.focus();
      // On a button or link inside, Enter means that one.
      if (event.key === 'Enter' && all[at] === document.activeElement)
        all[at].querySelector<HTMLAnchorElement>('a[data-open]')?.click();
      if (event.key === '?') latest.current();
      if (event.key === 't') all[at]?.querySelector<HTMLButtonElement>('button[data-take]')?.click();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  return list;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
