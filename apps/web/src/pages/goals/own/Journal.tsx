import type { ReactNode } from 'react';
import { readFragment, type FragmentType } from '../../../graphql/index.ts';
import { useWords } from '../../../words/words.tsx';
import { EarlierEntries, Entries } from './Entries.tsx';
import type { GoalFields } from './goal-edit.ts';
import { GOAL_JOURNAL, JOURNAL_ENTRY } from './journal-edit.ts';
import { Measure } from './Measure.tsx';
import { NewEntry } from './NewEntry.tsx';

/** The journal of a goal, newest day first, with its measure. */
export function Journal({
  goal: reference,
  fields,
}: {
  readonly goal: FragmentType<typeof GOAL_JOURNAL>;
  readonly fields: GoalFields;
}): ReactNode {
  const { say } = useWords();
  const { id, measure, updates } = readFragment(GOAL_JOURNAL, reference);
  const entries = readFragment(JOURNAL_ENTRY, updates.nodes);
  const { hasNextPage, endCursor } = updates.pageInfo;
  return (
    <section aria-labelledby="journal">
      <h2 id="journal">{say('goal.journal')}</h2>
      <Measure
        goal={fields}
        values={entries.flatMap(({ at, measuredValue }) =>
          measuredValue == null ? [] : [{ at, value: measuredValue }],
        )}
      />
      <NewEntry goalId={id} unit={measure?.unit} />
      <Entries entries={entries} unit={measure?.unit} />
      {hasNextPage && endCursor != null && (
        <EarlierEntries key={endCursor} goalId={id} after={endCursor} unit={measure?.unit} />
      )}
    </section>
  );
}
