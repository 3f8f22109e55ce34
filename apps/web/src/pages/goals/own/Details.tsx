import { useId, useState, type ReactNode } from 'react';
import type { Horizon, PersonalGoalStatus } from '../../../graphql/graphql.ts';
import { readFragment } from '../../../graphql/index.ts';
import { Choice, Field } from '../../../parts/Field.tsx';
import { usePageQuery } from '../../../parts/page-query.tsx';
import { ProblemNote, wordField } from '../../../parts/ProblemNote.tsx';
import { useDraft } from '../../../saving/useDraft.ts';
import { useWords } from '../../../words/words.tsx';
import { GOAL_CARD } from '../GoalCard.tsx';
import { HORIZONS, MY_GOALS, STATUSES } from '../my-goals.ts';
import { useGoalEdit, type GoalChanges, type GoalFields } from './goal-edit.ts';
import classes from './OwnGoal.module.css';

/** The fields beside the words of a goal. Each is saved when it is left. */
export function Details({ goal }: { readonly goal: GoalFields }): ReactNode {
  const words = useWords();
  const { say } = words;
  const [edit, { problem }] = useGoalEdit(goal);
  const [note, setNote] = useState<'own.saved' | 'own.changedMeanwhile'>();
  const change = async (changes: GoalChanges): Promise<boolean> => {
    setNote(undefined);
    const outcome = await edit(changes);
    if (outcome === 'saved') setNote('own.saved');
    if (outcome === 'conflict') setNote('own.changedMeanwhile');
    return outcome === 'saved';
  };
  return (
    <section className={classes['panel']} aria-labelledby="details">
      <h2 id="details">{say('own.details')}</h2>
      <Field label={say('own.status')}>
        {(control) => (
          <select
            {...control}
            value={goal.status}
            onChange={({ currentTarget }) =>
              void change({ status: currentTarget.value as PersonalGoalStatus })
            }
          >
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {say(`goals.status.${status}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say('own.horizon')}>
        {(control) => (
          <select
            {...control}
            value={goal.horizon ?? ''}
            onChange={({ currentTarget: { value } }) =>
              void change({ horizon: value === '' ? null : (value as Horizon) })
            }
          >
            {HORIZONS.map((horizon) => (
              <option key={horizon} value={horizon === 'NONE' ? '' : horizon}>
                {say(`goals.horizon.${horizon}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Area
        goalId={goal.id}
        area={goal.ownerView?.area ?? ''}
        error={wordField(problem, 'area', words)}
        save={(area) => change({ area: area === '' ? null : area })}
      />
      <TargetDay
        key={`day ${goal.targetOn ?? ''}`}
        day={goal.targetOn ?? ''}
        error={wordField(problem, 'targetOn', words)}
        save={(day) => void change({ targetOn: day === '' ? null : day })}
      />
      <Choice
        type="checkbox"
        label={say('own.proposals')}
        hint={say('own.proposalsHint')}
        checked={goal.openToProposals}
        onChange={(openToProposals) => void change({ openToProposals })}
      />
      <p role="status" className={classes['soft']}>
        {note !== undefined && say(note)}
      </p>
      <ProblemNote problem={problem} shownFields={['area', 'targetOn']} />
    </section>
  );
}

/** The area of life in the owner's own words, with the areas of their other goals as suggestions. */
function Area({
  goalId,
  area,
  error,
  save,
}: {
  readonly goalId: string;
  readonly area: string;
  readonly error: string | undefined;
  readonly save: (area: string) => Promise<boolean>;
}): ReactNode {
  const { say } = useWords();
  const list = useId();
  const [typed, setTyped, draft] = useDraft(`goal-area:${goalId}`, area);
  const data = usePageQuery(MY_GOALS, {}, { once: true });
  const areas = new Set(
    readFragment(GOAL_CARD, data.viewer?.person.personalGoals.nodes ?? [])
      .map(({ ownerView }) => ownerView?.area)
      .filter((one) => one != null),
  );
  const leave = async (): Promise<void> => {
    const text = typed.trim();
    if (text === area || (await save(text))) draft.clear();
  };
  return (
    <Field label={say('own.area')} hint={say('own.areaHint')} error={error}>
      {(control) => (
        <>
          <input
            {...control}
            list={list}
            dir="auto"
            value={typed}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
            }}
            onBlur={() => void leave()}
            onKeyDown={({ key, nativeEvent }) => {
              if (key === 'Enter' && !nativeEvent.isComposing) void leave();
            }}
          />
          <datalist id={list}>
            {[...areas].map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

/** A day that the owner has in mind. While it is typed, an input of type date reports days of the year 2. */
function TargetDay({
  day,
  error,
  save,
}: {
  readonly day: string;
  readonly error: string | undefined;
  readonly save: (day: string) => void;
}): ReactNode {
  const { say } = useWords();
  return (
    <Field label={say('own.targetOn')} hint={say('own.targetOnHint')} error={error}>
      {(control) => (
        <input
          {...control}
          type="date"
          defaultValue={day}
          onBlur={({ currentTarget: { value, validity } }) => {
            if (value !== day && !validity.badInput) save(value);
          }}
        />
      )}
    </Field>
  );
}
