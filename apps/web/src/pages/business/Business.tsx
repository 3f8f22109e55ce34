import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { readFragment } from '../../graphql/index.ts';
import { today } from '../../parts/dates.ts';
import { Field } from '../../parts/Field.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { useRest } from '../../parts/rest.tsx';
import { useWords } from '../../words/words.tsx';
import { BUSINESS_GOALS, BUSINESS_NODE, currentCycle, CYCLES, type Cycle } from './business-goals.ts';
import classes from './Business.module.css';
import { NewBusinessGoal } from './NewBusinessGoal.tsx';
import { Tree } from './Tree.tsx';

const route = getRouteApi('/shell/business');

/** The business goals of a cycle, as a tree. */
export function Business(): ReactNode {
  const { say } = useWords();
  const { cycle: wanted } = route.useSearch();
  const cycles = usePageQuery(CYCLES, {}).organization?.cycles ?? [];
  const cycle = cycles.find(({ id }) => id === wanted) ?? currentCycle(cycles, today());
  return (
    <>
      <title>{`${say('business.title')} – Mutual`}</title>
      {cycle === undefined ? (
        <Notice title={say('business.noCycle')}>{say('business.noCycleText')}</Notice>
      ) : (
        <OfCycle cycle={cycle} cycles={cycles} />
      )}
    </>
  );
}

function OfCycle({ cycle, cycles }: { readonly cycle: Cycle; readonly cycles: readonly Cycle[] }): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const goals = usePageQuery(BUSINESS_GOALS, { cycleId: cycle.id }).businessGoals;
  useRest(goals?.pageInfo, {
    query: BUSINESS_GOALS,
    variables: { cycleId: cycle.id },
    path: ['businessGoals'],
  });
  const nodes = readFragment(BUSINESS_NODE, goals?.nodes ?? []);
  return (
    <>
      <header className={classes['head']}>
        <div>
          <h1 className={classes['title']}>{say('business.title')}</h1>
          <p className={classes['soft']}>{say('business.intro')}</p>
        </div>
        <Field label={say('business.cycle')}>
          {(control) => (
            <select
              {...control}
              value={cycle.id}
              onChange={({ currentTarget }) =>
                void navigate({ to: '/business', search: { cycle: currentTarget.value } })
              }
            >
              {cycles.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      </header>
      {nodes.length === 0 ? (
        <p className={classes['soft']}>{say('business.empty')}</p>
      ) : (
        <Tree goals={nodes} />
      )}
      <NewBusinessGoal cycleId={cycle.id} />
    </>
  );
}
