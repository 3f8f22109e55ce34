import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { mergeTexts } from '../saving/texts.ts';
import { useWords } from '../words/words.tsx';
import classes from './EditConflict.module.css';
import { Written } from './Written.tsx';

/**
 * Two texts that were changed at the same time, side by side. The service has saved theirs; nothing of mine is lost until the reader has
 * chosen.
 *
 * @param props.onChoose saves the chosen text, based on the version that `theirs` has
 */
export function EditConflict({
  mine,
  theirs,
  name,
  onChoose,
  isQuiet = false,
}: {
  readonly mine: string;
  readonly theirs: string;
  /** Who changed it at the same time. Undefined if that is not known, or the same person did, elsewhere. */
  readonly name?: string;
  readonly onChoose: (text: string) => void;
  /** Announces itself and leaves the focus where somebody is typing. */
  readonly isQuiet?: boolean;
}): ReactNode {
  const { say } = useWords();
  const title = useRef<HTMLParagraphElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isQuiet) title.current?.focus();
  }, [isQuiet]);
  return (
    <section className={classes['conflict']} aria-labelledby={id} role={isQuiet ? 'alert' : undefined}>
      <p id={id} ref={title} tabIndex={-1} className={classes['title']}>
        {name === undefined ? say('conflict.elsewhere') : say('conflict.title', { name })}
      </p>
      <p className={classes['soft']}>{say('conflict.text')}</p>
      <div className={classes['sides']}>
        <Side label={say('conflict.mine')} text={mine} />
        <Side
          label={name === undefined ? say('conflict.saved') : say('conflict.theirs', { name })}
          text={theirs}
        />
      </div>
      <p className={classes['actions']}>
        <Button
          onClick={() => {
            onChoose(mergeTexts(mine, theirs));
          }}
        >
          {say('conflict.keepBoth')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            onChoose(mine);
          }}
        >
          {say('conflict.keepMine')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            onChoose(theirs);
          }}
        >
          {say(name === undefined ? 'conflict.keepSaved' : 'conflict.keepTheirs')}
        </Button>
      </p>
    </section>
  );
}

function Side({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  const { say } = useWords();
  const id = useId();
  return (
    <div className={classes['side']}>
      <p id={id} className={classes['soft']}>
        {label}
      </p>
      {/* A long text scrolls, also by keyboard. */}
      <div className={classes['text']} tabIndex={0} role="group" aria-labelledby={id}>
        {text === '' ? (
          <span className={classes['soft']}>{say('conflict.empty')}</span>
        ) : (
          <Written as="div">{text}</Written>
        )}
      </div>
    </div>
  );
}
