import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TeamMemberFragment } from '../../graphql/graphql.ts';
import { graphql, readFragment } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Team.module.css';

const TEAM_PROMISE = graphql(`
  fragment TeamPromise on ActionItem {
    id
    text
    dueOn
    standing
  }
`);

export const TEAM_MEMBER = graphql(`
  fragment TeamMember on Person {
    id
    name
    title
    oneToOne {
      id
      state
      lastHeldAt
      pausedUntil
      next {
        id
        scheduledAt
      }
      late: actionItems(first: 10, owner: VIEWER, standing: [LATE]) {
        nodes {
          id
          ...TeamPromise
        }
      }
      open: actionItems(first: 10, owner: VIEWER, standing: [OPEN]) {
        nodes {
          id
          ...TeamPromise
        }
      }
    }
  }
`);

/** A person who reports to the viewer. */
export function TeamMember({
  person: { id, name, title, oneToOne },
  goals,
}: {
  readonly person: TeamMemberFragment;
  /** The viewer's goals that they share with this person. */
  readonly goals: readonly { readonly id: string; readonly title: string }[];
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  // What is late comes first, and what has no date last.
  const promises = [oneToOne?.late, oneToOne?.open].flatMap((list) =>
    readFragment(TEAM_PROMISE, list?.nodes ?? []).toSorted((one, other) =>
      (one.dueOn ?? '9999').localeCompare(other.dueOn ?? '9999'),
    ),
  );
  return (
    <li className={classes['person']}>
      <div>
        <h2 className={classes['name']}>
          <Link to="/with/$personId" params={{ personId: id }}>
            {name}
          </Link>
        </h2>
        {title != null && <p className={classes['soft']}>{title}</p>}
      </div>
      <dl className={classes['facts']}>
        <div>
          <dt>{say('team.last')}</dt>
          <dd>
            {oneToOne?.lastHeldAt == null ? (
              say('team.neverMet')
            ) : (
              <Moment at={oneToOne.lastHeldAt}>{dates.near(oneToOne.lastHeldAt)}</Moment>
            )}
          </dd>
        </div>
        <div>
          <dt>{say('team.next')}</dt>
          <dd>
            {oneToOne?.next != null ? (
              <Moment at={oneToOne.next.scheduledAt}>
                {dates.day(oneToOne.next.scheduledAt)}, {dates.time(oneToOne.next.scheduledAt)}
              </Moment>
            ) : oneToOne?.pausedUntil != null ? (
              say('team.paused', { day: dates.date(oneToOne.pausedUntil) })
            ) : (
              say('team.notPlanned')
            )}
          </dd>
        </div>
        <div>
          <dt>{say('team.promised')}</dt>
          <dd>
            {promises.length === 0 ? (
              say('team.nothingOpen')
            ) : (
              <ul className={classes['list']}>
                {promises.map((promise) => (
                  <li key={promise.id}>
                    <Written as="div">
                      <Markdown text={promise.text} inline />
                    </Written>
                    {promise.dueOn != null && (
                      <p className={classes['soft']}>
                        <Moment at={promise.dueOn}>
                          {promise.standing === 'LATE' ? (
                            <strong>{say('team.late', dates.nearValues(promise.dueOn))}</strong>
                          ) : (
                            say('team.due', dates.nearValues(promise.dueOn))
                          )}
                        </Moment>
                      </p>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
        <div data-shared={goals.length > 0 || undefined}>
          <dt>{say('team.share')}</dt>
          <dd>
            {goals.length === 0 ? (
              <>
                {say('team.shareNothing', { name })}{' '}
                <Link to="/goals" search={{ shareWith: id }}>
                  {say('team.shareSomething')}
                </Link>
              </>
            ) : (
              <ul className={classes['list']}>
                {goals.map((goal) => (
                  <li key={goal.id}>
                    <Link to="/goals/$goalId" params={{ goalId: goal.id }}>
                      <Written>{goal.title}</Written>
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      </dl>
    </li>
  );
}
