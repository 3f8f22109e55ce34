import { useState, use, type ReactNode } from 'react';
import type { Failed } from '../saving/queue.ts';
import { QueueContext, useQueueState } from '../saving/QueueContext.ts';
import { useWords } from '../words/words.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import classes from './Unsaved.module.css';
import { Written } from './Written.tsx';

/** Changes that wait for the connection, and those that an earlier page sent and the service did not save. Renders nothing without any. */
export function Unsaved(): ReactNode {
  const { say } = useWords();
  const { waiting, failed } = useQueueState();
  return (
    <>
      <p role="status" className={classes['waiting']}>
        {waiting > 0 && say('unsaved.waiting', { count: waiting })}
      </p>
      {failed.length > 0 && (
        <section className={classes['failed']} aria-label={say('unsaved.label')}>
          {failed.map((one) => (
            <FailedChange key={one.id} failed={one} />
          ))}
        </section>
      )}
    </>
  );
}

function FailedChange({ failed: { id, problem, text } }: { readonly failed: Failed }): ReactNode {
  const { say } = useWords();
  const queue = use(QueueContext);
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className={classes['change']}>
      <ProblemNote problem={problem} />
      {text !== '' && (
        <div className={classes['text']} tabIndex={0} role="group" aria-label={say('unsaved.label')}>
          <Written as="div">{text}</Written>
        </div>
      )}
      <p className={classes['actions']}>
        {text !== '' && (
          <button type="button" onClick={copy}>
            {isCopied ? say('unsaved.copied') : say('unsaved.copy')}
          </button>
        )}
        <button
          type="button"
          onClick={() => {
            void queue.discard(id);
            document.querySelector<HTMLElement>('main')?.focus();
          }}
        >
          {say('unsaved.discard')}
        </button>
      </p>
    </div>
  );
}
