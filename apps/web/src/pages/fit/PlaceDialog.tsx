import { useRef, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Dialog, DialogButtons } from '../../parts/Dialog.tsx';
import { Choice } from '../../parts/Field.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import type { Disc, LifeGoal } from './fit-map.ts';
import classes from './Fit.module.css';
import { HowField, type HowHandle } from './HowField.tsx';
import type { Placing } from './usePlacing.ts';

/** Chooses from a list which goals a business goal is part of, and says how it serves them. Each choice is saved at once, the lines by "Done". */
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
  const lines = useRef(new Map<string, HowHandle>());
  const finish = async (): Promise<void> => {
    const outcomes = await Promise.all([...lines.current.values()].map((line) => line.save()));
    if (outcomes.every(Boolean)) close();
  };
  return (
    <Dialog title={say('fit.whichGoals')} close={close}>
      <Written as="p">{disc.title}</Written>
      <fieldset className={classes['choices']} aria-label={disc.title}>
        {goals.map((goal) => {
          const inside = placed.find(({ placement }) => placement?.goalId === goal.id);
          return (
            <div key={goal.id}>
              <Choice
                type="checkbox"
                label={<Written>{goal.title}</Written>}
                checked={inside !== undefined}
                // Not disabled while it is saved: that would take the focus away.
                onChange={(isChecked) => {
                  if (placing.isSaving) return;
                  void (isChecked ? placing.add(disc, goal) : inside && placing.takeOut(inside));
                }}
              />
              {inside?.placement !== undefined && (
                <HowField
                  placementId={inside.placement.id}
                  how={inside.placement.how ?? ''}
                  ref={(line) => {
                    const { current } = lines;
                    if (line === null) current.delete(goal.id);
                    else current.set(goal.id, line);
                  }}
                />
              )}
            </div>
          );
        })}
      </fieldset>
      <ProblemNote problem={placing.problem} />
      <DialogButtons>
        <Button onClick={() => void finish()}>{say('fit.close')}</Button>
      </DialogButtons>
    </Dialog>
  );
}
