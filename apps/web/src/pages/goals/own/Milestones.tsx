import { useState, type ReactNode } from 'react';
import { Button } from '../../../parts/Button.tsx';
import { readFragment, type FragmentType } from '../../../graphql/index.ts';
import { Field } from '../../../parts/Field.tsx';
import { ProblemNote, wordField } from '../../../parts/ProblemNote.tsx';
import { UndoLine } from '../../../parts/UndoLine.tsx';
import { useDraft } from '../../../saving/useDraft.ts';
import { useWords } from '../../../words/words.tsx';
import { addMilestone, GOAL_MILESTONES, removeMilestone, useMilestones } from './milestone-edit.ts';
import { MilestoneRow } from './MilestoneRow.tsx';
import classes from './Milestones.module.css';

/** The steps towards a goal, in the owner's order. */
export function Milestones({
  goal: reference,
}: {
  readonly goal: FragmentType<typeof GOAL_MILESTONES>;
}): ReactNode {
  const { say } = useWords();
  const goal = readFragment(GOAL_MILESTONES, reference);
  const { change, saving } = useMilestones(goal);
  // A milestone that was added again would be a new one, which other people see: until it is certain, it is only hidden.
  const [going, setGoing] = useState<readonly string[]>([]);
  const stay = (id: string): void => {
    setGoing((ids) => ids.filter((one) => one !== id));
  };
  return (
    <section aria-labelledby="milestones">
      <h2 id="milestones">{say('goal.milestones')}</h2>
      <ol className={classes['list']}>
        {goal.milestones.map((milestone, at) => (
          <li key={milestone.id}>
            {going.includes(milestone.id) ? (
              <UndoLine
                text={say('own.milestoneDeleted', { title: milestone.title })}
                undo={() => {
                  stay(milestone.id);
                }}
                finish={() => {
                  void change(removeMilestone(milestone.id)).then(() => {
                    stay(milestone.id);
                  });
                }}
              />
            ) : (
              <MilestoneRow
                goal={goal}
                milestone={milestone}
                isFirst={at === 0}
                isLast={at === goal.milestones.length - 1}
                remove={() => {
                  setGoing((ids) => [...ids, milestone.id]);
                }}
              />
            )}
          </li>
        ))}
      </ol>
      <AddMilestone goal={goal} />
      <ProblemNote problem={saving.problem} />
    </section>
  );
}

function AddMilestone({ goal }: { readonly goal: Parameters<typeof useMilestones>[0] }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { change, saving } = useMilestones(goal);
  const [title, setTitle, draft] = useDraft(`milestone:${goal.id}`, '');
  const path = `milestones.${goal.milestones.length}.title`;
  return (
    <form
      className={classes['add']}
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() === '' || saving.isSaving) return;
        void change(addMilestone(title.trim())).then((outcome) => {
          if (outcome === 'saved') draft.clear();
        });
      }}
    >
      <Field label={say('own.milestoneAdd')} isHidden error={wordField(saving.problem, path, words)}>
        {(control) => (
          <input
            {...control}
            dir="auto"
            placeholder={say('own.milestoneAdd')}
            value={title}
            onChange={({ currentTarget }) => {
              setTitle(currentTarget.value);
            }}
          />
        )}
      </Field>
      {title.trim() !== '' && (
        <Button type="submit" variant="default">
          {say('add')}
        </Button>
      )}
      <ProblemNote problem={saving.problem} shownFields={[path]} />
    </form>
  );
}
