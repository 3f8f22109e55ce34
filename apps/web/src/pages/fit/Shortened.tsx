import { useLayoutEffect, useRef, type ReactNode } from 'react';
import classes from './Fit.module.css';

/**
 * A text that is cut after the lines which `--lines` allows. The browser's own way to do that (line-clamp) puts the dots beside a line that
 * is centred without them, so that in a circle the line is off the middle and the dots are outside.
 */
export function Shortened({ text, room }: { readonly text: string; readonly room: number }): ReactNode {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const shorten = (): void => {
      if (element.current !== null) fit(element.current, text);
    };
    shorten();
    // Until the fonts are loaded, another one is used, whose letters are wider or narrower.
    if (document.fonts.status === 'loading') void document.fonts.ready.then(shorten);
  }, [text, room]);
  return (
    <span ref={element} className={classes['shortened']} dir="auto">
      {text}
    </span>
  );
}

/** Shows as many words as there is room for; of a single long word, as many letters. */
function fit(element: HTMLElement, text: string): void {
  const isRoomFor = (shown: string): boolean => {
    element.textContent = shown;
    // Heights are rounded, each by itself.
    return element.scrollHeight <= element.clientHeight + 1 && element.scrollWidth <= element.clientWidth;
  };
  if (isRoomFor(text)) return;
  const ends = [...text.matchAll(/\s+/g)].map(({ index }) => index);
  const words = most(ends.length, (count) => isRoomFor(cutAt(text, ends[count - 1] ?? 0)));
  if (words > 0) {
    element.textContent = cutAt(text, ends[words - 1] ?? 0);
    return;
  }
  const letters = Array.from(text);
  const beginning = (count: number): string => `${letters.slice(0, count).join('')}…`;
  element.textContent = beginning(most(letters.length, (count) => isRoomFor(beginning(count))));
}

const cutAt = (text: string, end: number): string => `${text.slice(0, end).replace(/[\s.,،:;–-]+$/, '')}…`;

/** The greatest count up to `all` of which something is true that is true of every smaller one. */
function most(all: number, isTrueOf: (count: number) => boolean): number {
  let [known, limit] = [0, all];
  while (known < limit) {
    const middle = Math.ceil((known + limit) / 2);
    if (isTrueOf(middle)) known = middle;
    else limit = middle - 1;
  }
  return known;
}
