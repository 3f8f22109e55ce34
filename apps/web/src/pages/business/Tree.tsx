import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BusinessNodeFragment } from '../../graphql/graphql.ts';
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
          <Link to="/business/$goalId" params={{ goalId: goal.id }} className={classes['node']}>
            <Written>{goal.title}</Written>
            <span className={classes['soft']}>
              {[
                goal.viewerCanEdit ? say('business.yours') : goal.owner.name,
                say(wordKeyOf(goal)),
                ...(goal.progress == null
                  ? []
                  : [say('business.reached', { percent: percent.format(goal.progress) })]),
              ].join(' · ')}
            </span>
          </Link>
          <Branch parentId={goal.id} childrenOf={childrenOf} />
        </li>
      ))}
    </ul>
  );
}
