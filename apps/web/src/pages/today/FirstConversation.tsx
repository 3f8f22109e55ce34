import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { later } from '../../parts/later.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './QuietLines.module.css';

const PersonPicker = later(() => import('../../parts/PersonPicker.tsx'), 'PersonPicker');

const FIRST_CONVERSATION = graphql(`
  fragment FirstConversation on Viewer {
    id
    person {
      id
      manager {
        id
        name
      }
      directReports(first: 20) {
        nodes {
          id
          name
        }
      }
    }
  }
`);

/** With whom a first conversation could be: the viewer's manager and reports, or anybody else. */
export function FirstConversation({
  viewer: reference,
  without = [],
}: {
  readonly viewer: FragmentType<typeof FIRST_CONVERSATION>;
  /** With whom the viewer has one already. */
  readonly without?: readonly string[];
}): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const { person } = readFragment(FIRST_CONVERSATION, reference);
  const near = [...(person.manager == null ? [] : [person.manager]), ...person.directReports.nodes].filter(
    ({ id }) => !without.includes(id),
  );
  return (
    <div className={classes['first']}>
      {near.length > 0 && (
        <>
          <h2 className={classes['title']}>{say('today.first')}</h2>
          <ul className={classes['row']}>
            {near.map(({ id, name }) => (
              <li key={id}>
                <Link to="/with/$personId" params={{ personId: id }}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <PersonPicker
        label={say(near.length > 0 ? 'today.firstFind' : 'today.firstAny')}
        without={[person.id, ...without]}
        pick={({ id }) => {
          void navigate({ to: '/with/$personId', params: { personId: id } });
        }}
      />
    </div>
  );
}
