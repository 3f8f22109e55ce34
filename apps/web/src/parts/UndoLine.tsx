import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import { QuietButton } from './QuietButton.tsx';
import classes from './UndoLine.module.css';

/** How long something that cannot be restored waits until it is deleted, and how much longer for somebody who uses the keyboard. */
const WAIT_MS = 10_000;
const KEYBOARD_WAITS = 3;

/**
 * Says that something is deleted, in its place, and can take that back. What cannot be restored is deleted only when this line goes: after
 * ten seconds if nobody points at it, or with the page.
 */
export function UndoLine({
  text,
  undo,
  finish,
}: {
  readonly text: string;
  readonly undo: () => void;
  /** Deletes it for good. Is called once, unless it was undone. */
  readonly finish: () => void;
}): ReactNode {
  const { say } = useWords();
  const line = useRef<HTMLParagraphElement>(null);
  const latest = useRef(finish);
  const isSettled = useRef(false);
  useEffect(() => {
    latest.current = finish;
  });
  useEffect(() => {
    const element = line.current;
    let isShown = true;
    const settle = (): void => {
      if (isSettled.current) return;
      isSettled.current = true;
      latest.current();
    };
    let waits = 0;
    const timer = setInterval(() => {
      waits += 1;
      if (element?.matches(':hover') === true) return;
      if (element?.querySelector(':focus-visible') != null && waits < KEYBOARD_WAITS) return;
      settle();
    }, WAIT_MS);
    addEventListener('pagehide', settle);
    element?.querySelector('button')?.focus();
    return () => {
      isShown = false;
      clearInterval(timer);
      removeEventListener('pagehide', settle);
      // React's strict mode runs effects twice: only a line that does not come back has gone.
      queueMicrotask(() => {
        if (!isShown && element?.isConnected !== true) settle();
      });
    };
  }, []);
  return (
    <p ref={line} className={classes['line']} role="status">
      {text}{' '}
      <QuietButton
        onClick={() => {
          isSettled.current = true;
          undo();
        }}
      >
        {say('undo')}
      </QuietButton>
    </p>
  );
}
