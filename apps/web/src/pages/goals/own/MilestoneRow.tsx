import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '../../../parts/Button.tsx';
import { today, useDates } from '../../../parts/dates.ts';
import { EditConflict } from '../../../parts/EditConflict.tsx';
import { Choice, Field } from '../../../parts/Field.tsx';
import { Moment } from '../../../parts/Moment.tsx';
import { ProblemNote } from '../../../parts/ProblemNote.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import { WritingArea } from '../../../parts/WritingArea.tsx';
import { Written } from '../../../parts/Written.tsx';
import { useEdit } from '../../../saving/useEdit.ts';
import { useWords } from '../../../words/words.tsx';
import {
  moveMilestone,
  renameMilestone,
  useMilestones,
  type GoalMilestones,
  type Milestone,
} from './milestone-edit.ts';
import classes from './Milestones.module.css';

/** A milestone: ticked when it is reached; its words, day and place are changed in a form that opens under it. */
export function MilestoneRow({
  goal,
  milestone: { id, title, reachedOn },
  isFirst,
  isLast,
  remove,
}: {
  readonly goal: GoalMilestones;
  readonly milestone: Milestone;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly remove: () => void;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { change, reach, saving, reaching } = useMilestones(goal);
  const edit = useEdit(`milestone-title:${id}`, title, (text) =>
    change(renameMilestone(id, text.trim()), (milestones) =>
      milestones.some((one) => one.id === id && one.title === title),
    ),
  );
  const button = useRef<HTMLButtonElement>(null);
  const form = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (edit.isOpen && !wasOpen.current) form.current?.querySelector('textarea')?.focus();
    if (!edit.isOpen && wasOpen.current) button.current?.focus();
    wasOpen.current = edit.isOpen;
  }, [edit.isOpen]);

  return (
    <div className={classes['milestone']}>
      <div className={classes['row']}>
        <Choice
          type="checkbox"
          label={
            <>
              <Written>{title}</Written>
              {reachedOn != null && (
                <span className={classes['day']}>
                  <Moment at={reachedOn}>{say('goal.reached', { day: dates.date(reachedOn) })}</Moment>
                </span>
              )}
            </>
          }
          checked={reachedOn != null}
          disabled={reaching.isSaving}
          onChange={(checked) => void reach(id, checked ? undefined : null)}
        />
        {!edit.isOpen && (
          <QuietButton ref={button} aria-label={`${say('edit')}: ${title}`} onClick={edit.open}>
            {say('edit')}
          </QuietButton>
        )}
      </div>
      {edit.isOpen && (
        <div className={classes['form']} ref={form}>
          <Field label={say('own.milestone')}>
            {(control) => (
              <WritingArea
                {...control}
                value={edit.text}
                setValue={edit.setText}
                save={() => void edit.save()}
                cancel={edit.cancel}
                isOneLine
              />
            )}
          </Field>
          {reachedOn != null && (
            <Field label={say('own.reachedOn')}>
              {(control) => (
                <input
                  {...control}
                  type="date"
                  max={today()}
                  defaultValue={reachedOn}
                  onBlur={({ currentTarget: { value, validity } }) => {
                    if (value !== '' && value !== reachedOn && validity.valid) void reach(id, value);
                  }}
                />
              )}
            </Field>
          )}
          {edit.theirs === undefined ? (
            <div className={classes['buttons']}>
              <Button onClick={() => void edit.save()}>{say('save')}</Button>
              <QuietButton onClick={edit.cancel}>{say('cancel')}</QuietButton>
              <QuietButton disabled={isFirst} onClick={() => void change(moveMilestone(id, -1))}>
                {say('own.moveUp')}
              </QuietButton>
              <QuietButton disabled={isLast} onClick={() => void change(moveMilestone(id, 1))}>
                {say('own.moveDown')}
              </QuietButton>
              <QuietButton
                onClick={() => {
                  edit.cancel();
                  remove();
                }}
              >
                {say('delete')}
              </QuietButton>
            </div>
          ) : (
            <EditConflict mine={edit.text} theirs={edit.theirs} onChoose={(text) => void edit.choose(text)} />
          )}
        </div>
      )}
      <ProblemNote problem={saving.problem ?? reaching.problem} />
    </div>
  );
}
