import { useRef, type ReactNode } from 'react';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Fit.module.css';
import { HowField, type HowHandle } from './HowField.tsx';
import type { Done, Placing } from './usePlacing.ts';

/** The id of the message, which gets the focus where there is no circle that can. */
export const PLACED = 'placed';

/** Says what was moved where, takes it back, and asks for the one line, which nobody has to write. */
export function Placed({
  placing,
  close,
  refocus,
  how,
  done: { disc, into, placementId },
}: {
  readonly placing: Placing;
  readonly close: () => void;
  /** Gives the focus to the business goal that this is about. */
  readonly refocus: () => void;
  readonly done: Done;
  /** The line that is saved. */
  readonly how: string;
}): ReactNode {
  const { say, show } = useWords();
  const line = useRef<HowHandle>(null);
  const finish = async (): Promise<void> => {
    if ((await line.current?.save()) !== false) close();
  };
  const undo = async (): Promise<void> => {
    await placing.undo();
    refocus();
  };
  const q = (parts: ReactNode[]): ReactNode => <Written>{parts}</Written>;
  return (
    <div className={classes['placed']}>
      <p role="status" id={PLACED} tabIndex={-1}>
        {into === undefined
          ? show('fit.takenOut', { work: disc.title }, { q })
          : show('fit.placed', { work: disc.title, goal: into.title }, { q })}
      </p>
      {placementId !== undefined && <HowField placementId={placementId} how={how} ref={line} />}
      <div className={classes['buttons']}>
        <QuietButton disabled={placing.isSaving} onClick={() => void undo()}>
          {say('undo')}
        </QuietButton>
        <QuietButton onClick={() => void finish()}>{say('fit.close')}</QuietButton>
      </div>
    </div>
  );
}
