import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Readers.module.css';

const GOAL_READERS = graphql(`
  fragment GoalReaders on PersonalGoal {
    id
    visibility
    ownerView {
      id
      shares(first: 20) {
        nodes {
          id
          state
          with {
            id
            name
          }
        }
      }
    }
  }
`);

/** Who can read a goal of the viewer, in words. */
export function Readers({ goal }: { readonly goal: FragmentType<typeof GOAL_READERS> }): ReactNode {
  const { say, language } = useWords();
  const { visibility, ownerView } = readFragment(GOAL_READERS, goal);
  const names = (state: string): string[] => [
    ...new Set(
      ownerView?.shares.nodes.filter((share) => share.state === state).map((share) => share.with.name) ?? [],
    ),
  ];
  const list = (of: string[]): string =>
    new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type: 'conjunction' }).format(of);
  const active = names('ACTIVE');
  const pending = names('PENDING');
  const who =
    visibility === 'ORGANIZATION'
      ? say('goals.reader.everyone')
      : visibility === 'SHARED' && active.length > 0
        ? list([say('goals.reader.you'), ...active])
        : say('goals.reader.onlyYou');
  return (
    <span
      className={classes['readers']}
      data-shared={(visibility === 'SHARED' && active.length > 0) || undefined}
    >
      {who}
      {visibility === 'SHARED' && pending.length > 0 && (
        <span className={classes['waits']}>{say('goals.reader.waits', { names: list(pending) })}</span>
      )}
    </span>
  );
}
