import type { ReactNode } from 'react';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Fit.module.css';
import { HowField } from './HowField.tsx';
import type { Done, Placing } from './usePlacing.ts';

/** Says what was moved where, takes it back, and asks for the one line, which nobody has to write. */
export function Placed({
  placing,
  done: { disc, into, placementId },
}: {
  readonly placing: Placing;
  readonly done: Done;
}): ReactNode {
  const { say, show } = useWords();
  const q = (parts: ReactNode[]): ReactNode => <Written>{parts}</Written>;
  return (
    <div className={classes['placed']}>
      <p role="status">
        {into === undefined
          ? show('fit.takenOut', { work: disc.title }, { q })
          : show('fit.placed', { work: disc.title, goal: into.title }, { q })}
      </p>
      {placementId !== undefined && <HowField placementId={placementId} how={disc.placement?.how ?? ''} />}
      <div className={classes['buttons']}>
        <QuietButton disabled={placing.isSaving} onClick={() => void placing.undo()}>
          {say('undo')}
        </QuietButton>
        <QuietButton onClick={placing.forget}>{say('fit.close')}</QuietButton>
      </div>
    </div>
  );
}
