import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { readFragment } from '../../graphql/index.ts';
import { useFormer } from '../../parts/former.ts';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { useRest } from '../../parts/rest.tsx';
import { useWords } from '../../words/words.tsx';
import { FormerNote } from './FormerNote.tsx';
import { GOAL_CARD, GoalCard } from './GoalCard.tsx';
import classes from './Goals.module.css';
import { HORIZONS, MY_GOALS, MY_GOALS_REST } from './my-goals.ts';
import { NewGoal } from './NewGoal.tsx';
import { useShareWith } from './share-with.ts';

const route = getRouteApi('/shell/goals');

/** The viewer's own goals in columns by horizon, grouped by area in their own words. */
export function Goals(): ReactNode {
  const { say } = useWords();
  const former = useFormer();
  const person = useShareWith(route.useSearch().shareWith);
  const data = usePageQuery(MY_GOALS, {});
  useRest(data.viewer?.person.personalGoals.pageInfo, MY_GOALS_REST);
  const goals = readFragment(GOAL_CARD, data.viewer?.person.personalGoals.nodes ?? []);
  if (goals.length === 0) {
    return (
      <>
        <title>{`${say('goals.title')} – Mutual`}</title>
        {former ? (
          <>
            <h1 className={classes['title']}>{say('goals.title')}</h1>
            <p className={classes['intro']}>{say('goals.formerEmpty')}</p>
            <FormerNote former={former} isEmpty />
          </>
        ) : (
          <Notice title={say('goals.empty')} action={<NewGoal />}>
            {say('goals.emptyText')}
          </Notice>
        )}
      </>
    );
  }
  const columns = HORIZONS.map((horizon) => ({
    horizon,
    areas: Map.groupBy(
      goals.filter((goal) => (goal.horizon ?? 'NONE') === horizon),
      (goal) => goal.ownerView?.area ?? '',
    ),
  })).filter(({ areas }) => areas.size > 0);

  return (
    <>
      <title>{`${say('goals.title')} – Mutual`}</title>
      <h1 className={classes['title']}>{say('goals.title')}</h1>
      <p className={classes['intro']}>{say('goals.intro')}</p>
      {person !== undefined && (
        <p role="status" className={classes['shareWith']}>
          <strong>{say('goals.shareWith', { name: person.name })}</strong>{' '}
          <Link to="/goals">{say('goals.shareWithNobody')}</Link>
        </p>
      )}
      {former ? <FormerNote former={former} /> : <NewGoal />}
      <div className={classes['columns']}>
        {columns.map(({ horizon, areas }) => (
          <section key={horizon} className={classes['column']} aria-labelledby={horizon}>
            <h2 id={horizon} className={classes['horizon']}>
              {say(`goals.horizon.${horizon}`)}
            </h2>
            {[...areas].map(([area, inArea]) => (
              <section key={area} className={classes['area']}>
                <h3 className={classes['areaName']} dir="auto">
                  {area === '' ? say('goals.noArea') : area}
                </h3>
                {inArea.map((goal) => (
                  <GoalCard key={goal.id} goal={goal} />
                ))}
              </section>
            ))}
          </section>
        ))}
      </div>
    </>
  );
}
