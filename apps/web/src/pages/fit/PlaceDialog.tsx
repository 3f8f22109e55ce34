import type { ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { Choice } from '../../parts/Field.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import type { Disc, LifeGoal } from './fit-map.ts';
import classes from './Fit.module.css';
import { HowField } from './HowField.tsx';
import type { Placing } from './usePlacing.ts';

/** Chooses from a list which goals a business goal is part of, and says how it serves them. Each choice is saved at once. */
export function PlaceDialog({
  disc,
  placed,
  goals,
  placing,
  close,
}: {
  readonly disc: Disc;
  /** The places where it is now. */
  readonly placed: readonly Disc[];
  readonly goals: readonly LifeGoal[];
  readonly placing: Placing;
  readonly close: () => void;
}): ReactNode {
  const { say } = useWords();
  return (
    <Dialog title={disc.title} close={close}>
      <fieldset className={classes['choices']}>
        <legend>{say('fit.partOf')}</legend>
        {goals.map((goal) => {
          const inside = placed.find(({ placement }) => placement?.goalId === goal.id);
          return (
            <div key={goal.id}>
              <Choice
                type="checkbox"
                label={<Written>{goal.title}</Written>}
                checked={inside !== undefined}
                disabled={placing.isSaving}
                onChange={(isChecked) =>
                  void (isChecked ? placing.add(disc, goal) : inside && placing.takeOut(inside))
                }
              />
              {inside?.placement !== undefined && (
                <HowField placementId={inside.placement.id} how={inside.placement.how ?? ''} />
              )}
            </div>
          );
        })}
      </fieldset>
      <ProblemNote problem={placing.problem} />
      <Button variant="default" onClick={close}>
        {say('fit.close')}
      </Button>
    </Dialog>
  );
}
