import { skipToken, useQuery } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { graphql } from '../../../graphql/index.ts';
import { useDates } from '../../../parts/dates.ts';
import { Markdown } from '../../../parts/Markdown.tsx';
import { Moment } from '../../../parts/Moment.tsx';
import { ProblemNote } from '../../../parts/ProblemNote.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import { ShowMore } from '../../../parts/rest.tsx';
import { Written } from '../../../parts/Written.tsx';
import { problemOf } from '../../../saving/problem.ts';
import { useWords } from '../../../words/words.tsx';
import classes from './OwnGoal.module.css';

const EARLIER_WORDINGS = graphql(`
  query EarlierWordings($id: ID!, $after: String) {
    personalGoal(id: $id) {
      id
      ownerView {
        id
        history(first: 50, after: $after) {
          nodes {
            id
            at
            title
            why
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

/** What a goal was called before. Only its owner sees that, and only when they ask. */
export function EarlierWordings({ goalId }: { readonly goalId: string }): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useQuery(EARLIER_WORDINGS, isOpen ? { variables: { id: goalId } } : skipToken);
  const history = data?.personalGoal?.ownerView?.history;
  const wordings = history?.nodes;
  return (
    <section>
      <QuietButton
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {say('own.wordings')}
      </QuietButton>
      <ProblemNote problem={isOpen && error ? problemOf(error) : undefined} />
      {isOpen && wordings !== undefined && (
        <ol className={classes['wordings']}>
          {wordings.map(({ id, at, title, why }) => (
            <li key={id}>
              <p className={classes['soft']}>
                <Moment at={at}>{dates.date(at)}</Moment>
              </p>
              <Written as="p">{title}</Written>
              {why != null && (
                <Written as="div">
                  <Markdown text={why} />
                </Written>
              )}
            </li>
          ))}
        </ol>
      )}
      {isOpen && history !== undefined && (
        <ShowMore
          end={history.pageInfo}
          query={EARLIER_WORDINGS}
          variables={{ id: goalId }}
          path={['personalGoal', 'ownerView', 'history']}
        />
      )}
    </section>
  );
}
