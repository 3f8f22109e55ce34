import { skipToken, useQuery } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import type { JournalEntryFragment } from '../../../graphql/graphql.ts';
import { readFragment } from '../../../graphql/index.ts';
import { ProblemNote } from '../../../parts/ProblemNote.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import { UndoLine } from '../../../parts/UndoLine.tsx';
import { problemOf } from '../../../saving/problem.ts';
import { evict } from '../../../saving/evict.ts';
import { useSave } from '../../../saving/useSave.ts';
import { useWords } from '../../../words/words.tsx';
import { DELETE_ENTRY, EARLIER_ENTRIES, JOURNAL_ENTRY } from './journal-edit.ts';
import classes from './Journal.module.css';
import { JournalEntry } from './JournalEntry.tsx';

/** A page of the journal. */
export function Entries({
  entries,
  unit,
}: {
  readonly entries: readonly JournalEntryFragment[];
  readonly unit: string | undefined;
}): ReactNode {
  const { say } = useWords();
  // An entry that was written again would be a new one, which other people may see: until it is certain, it is only hidden.
  const [going, setGoing] = useState<readonly string[]>([]);
  const stay = (id: string): void => {
    setGoing((ids) => ids.filter((one) => one !== id));
  };
  const [remove, { problem }] = useSave(DELETE_ENTRY, {
    update: (cache, { data }) => {
      evict(cache, 'PersonalGoalUpdate', data?.deletePersonalGoalUpdate);
    },
  });
  return (
    <>
      <ol className={classes['journal']}>
        {entries.map((entry) => (
          <li key={entry.id}>
            {going.includes(entry.id) ? (
              <UndoLine
                text={say('own.entryDeleted')}
                undo={() => {
                  stay(entry.id);
                }}
                finish={() => {
                  void remove({ input: { id: entry.id } }).then(() => {
                    stay(entry.id);
                  });
                }}
              />
            ) : (
              <JournalEntry
                entry={entry}
                unit={unit}
                remove={() => {
                  setGoing((ids) => [...ids, entry.id]);
                }}
              />
            )}
          </li>
        ))}
      </ol>
      <ProblemNote problem={problem} />
    </>
  );
}

/** What was written before the entries that came with the goal, a page at a time. */
export function EarlierEntries({
  goalId,
  after,
  unit,
}: {
  readonly goalId: string;
  readonly after: string;
  readonly unit: string | undefined;
}): ReactNode {
  const { say } = useWords();
  const [isWanted, setWanted] = useState(false);
  const { data, error } = useQuery(
    EARLIER_ENTRIES,
    isWanted ? { variables: { id: goalId, after } } : skipToken,
  );
  const updates = data?.personalGoal?.updates;
  if (updates === undefined) {
    return (
      <>
        <QuietButton
          disabled={isWanted && error === undefined}
          onClick={() => {
            setWanted(true);
          }}
        >
          {say('own.earlier')}
        </QuietButton>
        <ProblemNote problem={error && problemOf(error)} />
      </>
    );
  }
  const { hasNextPage, endCursor } = updates.pageInfo;
  return (
    <>
      <Entries entries={readFragment(JOURNAL_ENTRY, updates.nodes)} unit={unit} />
      {hasNextPage && endCursor != null && (
        <EarlierEntries key={endCursor} goalId={goalId} after={endCursor} unit={unit} />
      )}
    </>
  );
}
