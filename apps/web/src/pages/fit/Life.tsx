import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWidth } from '../../parts/useWidth.ts';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import { DiscButton } from './DiscButton.tsx';
import type { Disc, LifeGoal } from './fit-map.ts';
import classes from './Fit.module.css';
import { layOutDiscs, layOutGoals } from './layout.ts';
import { Shortened } from './Shortened.tsx';
import type { Drag } from './useDrag.ts';

/** The height of a line of a title in the picture, in pixels. */
const TITLE_LINE = 21;

/**
 * The goals of a life with the work that is part of them. Picture and list are the same elements, so that a screen reader reads a list of
 * goals, each with its list of business goals, whatever is shown.
 */
export function Life({
  goals,
  view,
  drag,
  open,
}: {
  readonly goals: readonly LifeGoal[];
  readonly view: 'picture' | 'list';
  readonly drag: Drag;
  readonly open: (disc: Disc) => void;
}): ReactNode {
  const { say } = useWords();
  const [stage, width] = useWidth();
  const isPicture = view === 'picture';
  const { circles, height } = layOutGoals(isPicture ? goals.length : 0, width);
  return (
    <section ref={stage} aria-label={say('fit.life')}>
      <ul className={classes['life']} data-view={view} style={isPicture ? { height } : {}}>
        {goals.map((goal, at) => {
          const circle = circles[at];
          const discs = circle === undefined ? [] : layOutDiscs(goal.discs.length, circle.r);
          return (
            <li
              key={goal.id}
              className={classes['goal']}
              data-target={goal.id}
              data-over={drag.over === goal.id || undefined}
              data-empty={goal.discs.length === 0 || undefined}
              style={
                circle === undefined
                  ? {}
                  : {
                      left: circle.x - circle.r,
                      top: circle.y - circle.r,
                      width: 2 * circle.r,
                      height: 2 * circle.r,
                      ['--lines' as string]: linesOf(circle.r, goal.discs.length === 0),
                    }
              }
            >
              <h2 className={classes['goalTitle']}>
                <Link
                  to="/goals/$goalId"
                  params={{ goalId: goal.id }}
                  draggable={false}
                  {...(circle && { title: goal.title, 'aria-label': goal.title })}
                >
                  <Written>
                    {circle === undefined ? goal.title : <Shortened text={goal.title} room={circle.r} />}
                  </Written>
                </Link>
              </h2>
              {goal.discs.length === 0 ? (
                !isPicture && <p className={classes['soft']}>{say('fit.beyondWork')}</p>
              ) : (
                <ul className={classes['discs']}>
                  {goal.discs.map((disc, index) => {
                    const place = discs[index];
                    return (
                      <li key={disc.businessGoalId}>
                        <DiscButton
                          disc={disc}
                          diameter={place && 2 * place.r}
                          style={place ? { left: place.x - place.r, top: place.y - place.r } : {}}
                          drag={drag}
                          open={open}
                        />
                        {!isPicture && disc.placement?.how !== undefined && (
                          <Written as="p">{disc.placement.how}</Written>
                        )}
                      </li>
                    );
                  })}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** How many lines of a title fit into a circle: into its middle, or above its discs. */
const linesOf = (radius: number, isEmpty: boolean): number =>
  Math.floor((radius * (isEmpty ? 1.1 : 0.58)) / TITLE_LINE);
