import { useApolloClient } from '@apollo/client/react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { BusinessGoalState } from '../../graphql/graphql.ts';
import { graphql, readFragment } from '../../graphql/index.ts';
import { Field } from '../../parts/Field.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { UndoLine } from '../../parts/UndoLine.tsx';
import { Written } from '../../parts/Written.tsx';
import { evict } from '../../saving/evict.ts';
import { useSave } from '../../saving/useSave.ts';
import { useRest } from '../../parts/rest.tsx';
import { useWords } from '../../words/words.tsx';
import { BUSINESS_GOALS, BUSINESS_NODE, CYCLES } from './business-goals.ts';
import classes from './Business.module.css';
import { useBusinessEdit, type BusinessFields } from './goal-edit.ts';

const CONTINUE = graphql(`
  mutation ContinueBusinessGoal($input: ContinueBusinessGoalInput!) {
    continueBusinessGoal(input: $input) {
      businessGoal {
        id
        ...BusinessFields
        continues {
          id
          ...BusinessFields
        }
      }
    }
  }
`);

const DELETE = graphql(`
  mutation DeleteBusinessGoal($input: DeleteInput!) {
    deleteBusinessGoal(input: $input) {
      deletedId
    }
  }
`);

const CLOSED = ['ACHIEVED', 'MISSED', 'CANCELLED'] as const satisfies readonly BusinessGoalState[];

/** The state of a goal in words, and what its owner can make of it: publish, close, reopen, continue. */
export function StateOfGoal({ goal }: { readonly goal: BusinessFields }): ReactNode {
  const { say } = useWords();
  const { edit, problem, isSaving } = useBusinessEdit(goal);
  const isClosed = goal.state !== 'OPEN' && goal.state !== 'DRAFT';
  const states: readonly BusinessGoalState[] = [goal.state === 'DRAFT' ? 'DRAFT' : 'OPEN', ...CLOSED];
  return (
    <section className={classes['panel']} aria-labelledby="state">
      <h2 id="state">{say('business.stateTitle')}</h2>
      <p>{say(`business.stateText.${goal.state}`)}</p>
      {goal.viewerCanEdit && goal.state === 'DRAFT' && (
        <Button disabled={isSaving} onClick={() => void edit({ state: 'OPEN' })}>
          {say('business.publish')}
        </Button>
      )}
      {goal.viewerCanEdit && goal.state !== 'DRAFT' && (
        <Field label={say('business.setState')} isHidden>
          {(control) => (
            <select
              {...control}
              value={goal.state}
              onChange={({ currentTarget }) => void edit({ state: currentTarget.value as BusinessGoalState })}
            >
              {states.map((state) => (
                <option key={state} value={state}>
                  {say(`business.state.${state}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {goal.viewerCanEdit && !isClosed && <ParentChoice goal={goal} />}
      {goal.continues != null && (
        <p className={classes['soft']}>
          {say('business.continues', { cycle: goal.continues.cycle.name })}{' '}
          <Link to="/business/$goalId" params={{ goalId: goal.continues.id }}>
            <Written>{goal.continues.title}</Written>
          </Link>
        </p>
      )}
      {goal.continuedBy != null ? (
        <p className={classes['soft']}>
          <Link to="/business/$goalId" params={{ goalId: goal.continuedBy.id }}>
            {say('business.continuedIn', { cycle: goal.continuedBy.cycle.name })}
          </Link>
        </p>
      ) : (
        goal.viewerCanEdit && (goal.state === 'OPEN' || goal.state === 'MISSED') && <Continue goal={goal} />
      )}
      {goal.viewerCanEdit && goal.state === 'DRAFT' && <Delete goal={goal} />}
      <ProblemNote problem={problem} />
    </section>
  );
}

/** What the goal is part of: another goal of its cycle, or nothing. */
function ParentChoice({ goal }: { readonly goal: BusinessFields }): ReactNode {
  const { say } = useWords();
  const { edit, problem } = useBusinessEdit(goal);
  const goals = usePageQuery(BUSINESS_GOALS, { cycleId: goal.cycle.id }, { once: true }).businessGoals;
  useRest(goals?.pageInfo, {
    query: BUSINESS_GOALS,
    variables: { cycleId: goal.cycle.id },
    path: ['businessGoals'],
  });
  const others = readFragment(BUSINESS_NODE, goals?.nodes ?? []).filter(
    ({ id, state }) => id !== goal.id && (state === 'OPEN' || id === goal.parent?.id),
  );
  const isElsewhere = goal.parent != null && others.every(({ id }) => id !== goal.parent?.id);
  return (
    <>
      <Field label={say('business.partOf')}>
        {(control) => (
          <select
            {...control}
            value={goal.parent?.id ?? ''}
            onChange={({ currentTarget: { value } }) => void edit({ parentId: value === '' ? null : value })}
          >
            <option value="">{say('business.noParent')}</option>
            {isElsewhere && <option value={goal.parent?.id}>{goal.parent?.title}</option>}
            {others.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <ProblemNote problem={problem} />
    </>
  );
}

/** Continues an unfinished goal in a later cycle, where it begins with its current values. */
function Continue({ goal }: { readonly goal: BusinessFields }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const cycles = usePageQuery(CYCLES, {}, { once: true }).organization?.cycles ?? [];
  const [carryOn, { problem, isSaving }] = useSave(CONTINUE);
  // The next one, of those that start later.
  const next = cycles.filter(({ startsOn }) => startsOn > goal.cycle.startsOn).at(-1);
  if (next === undefined) return null;
  const submit = async (): Promise<void> => {
    const made = (await carryOn({ input: { id: goal.id, cycleId: next.id } }))?.continueBusinessGoal;
    if (made?.businessGoal == null) return;
    await navigate({ to: '/business/$goalId', params: { goalId: made.businessGoal.id } });
  };
  return (
    <div>
      <Button variant="default" disabled={isSaving} onClick={() => void submit()}>
        {say('business.continue', { cycle: next.name })}
      </Button>
      <ProblemNote problem={problem} />
    </div>
  );
}

/** Deletes a draft, with some seconds to take that back. */
function Delete({ goal }: { readonly goal: BusinessFields }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const client = useApolloClient();
  const [isGoing, setGoing] = useState(false);
  const [remove, { problem }] = useSave(DELETE, {
    update: (cache, { data }) => {
      evict(cache, 'BusinessGoal', data?.deleteBusinessGoal);
    },
  });
  const finish = async (): Promise<void> => {
    const deleted = await remove({ input: { id: goal.id } });
    setGoing(false);
    // A list that was asked for while the draft was being deleted may still have it.
    await client.refetchQueries({ include: 'active' });
    // Somebody who has left the page before stays where they are.
    if (deleted?.deleteBusinessGoal != null && location.pathname.endsWith(goal.id)) {
      await navigate({ to: '/business', search: { cycle: goal.cycle.id } });
    }
  };
  return (
    <div>
      {isGoing ? (
        <UndoLine
          text={say('business.deleted')}
          undo={() => {
            setGoing(false);
          }}
          finish={() => void finish()}
        />
      ) : (
        <QuietButton
          onClick={() => {
            setGoing(true);
          }}
        >
          {say('business.delete')}
        </QuietButton>
      )}
      <ProblemNote problem={problem} />
    </div>
  );
}
