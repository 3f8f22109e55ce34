import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BusinessNodeFragment } from '../../graphql/graphql.ts';
import { unbroken } from '../../parts/unbroken.ts';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import { wordKeyOf } from './business-goals.ts';
import classes from './Business.module.css';

/** Goals below those that they are part of. A goal whose parent is not in the list, such as one of another cycle, is at the top. */
export function Tree({ goals }: { readonly goals: readonly BusinessNodeFragment[] }): ReactNode {
  const ids = new Set(goals.map(({ id }) => id));
  const children = Map.groupBy(goals, ({ parent }) =>
    parent != null && ids.has(parent.id) ? parent.id : '',
  );
  return <Branch parentId="" childrenOf={children} />;
}

/** What does not go as it was meant to: its words have weight. */
const needsAttention = ({ state, health }: BusinessNodeFragment): boolean =>
  state === 'OPEN' && (health === 'AT_RISK' || health === 'OFF_TRACK');

function Branch({
  parentId,
  childrenOf,
}: {
  readonly parentId: string;
  readonly childrenOf: ReadonlyMap<string, readonly BusinessNodeFragment[]>;
}): ReactNode {
  const { say, language } = useWords();
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const goals = childrenOf.get(parentId) ?? [];
  if (goals.length === 0) return null;
  return (
    <ul className={classes['branch']}>
      {goals.map((goal) => (
        <li key={goal.id}>
          <Link
            to="/business/$goalId"
            params={{ goalId: goal.id }}
            className={classes['node']}
            data-draft={goal.state === 'DRAFT' || undefined}
          >
            <Written>{goal.title}</Written>
            <span className={classes['soft']}>
              {goal.viewerCanEdit ? <strong>{say('business.yours')}</strong> : <bdi>{goal.owner.name}</bdi>}
              {'\u00a0· '}
              {needsAttention(goal) ? (
                <strong>{unbroken(say(wordKeyOf(goal)))}</strong>
              ) : (
                unbroken(say(wordKeyOf(goal)))
              )}
              {goal.progress != null &&
                `\u00a0· ${unbroken(say('business.reached', { percent: percent.format(goal.progress) }))}`}
            </span>
          </Link>
          <Branch parentId={goal.id} childrenOf={childrenOf} />
        </li>
      ))}
    </ul>
  );
}
