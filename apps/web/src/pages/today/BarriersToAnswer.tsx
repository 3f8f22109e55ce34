import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { today, useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Promises.module.css';

const BARRIER_TO_ANSWER = graphql(`
  fragment BarrierToAnswer on Barrier {
    id
    title
    answerDueOn
  }
`);

/** What the viewer has to answer: the earliest due first. Renders nothing without any. */
export function BarriersToAnswer({
  barriers: references,
}: {
  readonly barriers: readonly FragmentType<typeof BARRIER_TO_ANSWER>[];
}): ReactNode {
  const { say } = useWords();
  const { nearValues } = useDates();
  if (references.length === 0) return null;
  const barriers = readFragment(BARRIER_TO_ANSWER, references).toSorted((one, other) =>
    one.answerDueOn.localeCompare(other.answerDueOn),
  );
  return (
    <section aria-labelledby="to-answer">
      <h2 id="to-answer" className={classes['title']}>
        {say('today.toAnswer')}
      </h2>
      <ul className={classes['list']}>
        {barriers.map(({ id, title, answerDueOn }) => (
          <li key={id}>
            <Link to="/barriers/$barrierId" params={{ barrierId: id }}>
              <Written>{title}</Written>
            </Link>
            <p className={classes['details']}>
              <Moment at={answerDueOn}>
                {answerDueOn < today() ? (
                  <strong>{say('today.answerLate', nearValues(answerDueOn))}</strong>
                ) : (
                  say('today.answerDue', nearValues(answerDueOn))
                )}
              </Moment>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
