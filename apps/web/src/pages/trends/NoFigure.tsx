import { useId, useState, type ReactNode } from 'react';
import type { Granularity } from '../../graphql/graphql.ts';
import { useWords } from '../../words/words.tsx';
import classes from './NoFigure.module.css';

/** Says that there is no figure, and, when it is pressed, why that can be: the same for all, because nobody can tell which reason it is. */
export function NoFigure({ by }: { readonly by: Granularity }): ReactNode {
  const { say } = useWords();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={classes['button']} popoverTarget={id}>
        {say('trends.suppressed')}
      </button>
      <span
        id={id}
        popover="auto"
        role="note"
        className={classes['reasons']}
        onBeforeToggle={({ newState }) => {
          setOpen(newState === 'open');
        }}
      >
        {isOpen && say(by === 'MONTH' ? 'trends.note.suppressedMonth' : 'trends.note.suppressed')}
      </span>
    </>
  );
}
