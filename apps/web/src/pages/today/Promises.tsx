import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Promises.module.css';

const OPEN_PROMISE = graphql(`
  fragment OpenPromise on ActionItem {
    id
    text
    dueOn
    standing
    oneToOne {
      id
      counterpart {
        id
        name
      }
    }
  }
`);

/** What the viewer has promised in all one-to-ones: the earliest due first. A late one has weight, not colour. */
export function Promises({
  items,
}: {
  readonly items: readonly FragmentType<typeof OPEN_PROMISE>[];
}): ReactNode {
  const { say } = useWords();
  const { nearValues } = useDates();
  return (
    <section className={classes['promises']} aria-labelledby="promises">
      <h2 id="promises" className={classes['title']}>
        {say('today.promises')}
      </h2>
      <ul className={classes['list']}>
        {readFragment(OPEN_PROMISE, items).map(({ id, text, dueOn, standing, oneToOne }) => (
          <li key={id}>
            <Written as="p">
              <Markdown text={text} inline />
            </Written>
            <p className={classes['details']}>
              <Link to="/with/$personId" params={{ personId: oneToOne.counterpart.id }}>
                {say('today.promiseTo', { name: oneToOne.counterpart.name })}
              </Link>
            </p>
            <p className={classes['details']}>
              {dueOn == null ? (
                say('today.noDate')
              ) : (
                <Moment at={dueOn}>
                  {standing === 'LATE' ? (
                    <strong>{say('today.late', nearValues(dueOn))}</strong>
                  ) : (
                    say('today.due', nearValues(dueOn))
                  )}
                </Moment>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
