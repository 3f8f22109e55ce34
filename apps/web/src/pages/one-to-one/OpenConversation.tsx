import { useMemo, useState, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { hasPassed } from '../../parts/dates.ts';
import { later } from '../../parts/later.tsx';
import { useWords } from '../../words/words.tsx';
import { Agenda } from './Agenda.tsx';
import { Hold } from './Hold.tsx';
import { useLiveConversation } from './live.ts';
import { OffTheRecord } from './OffTheRecord.tsx';
import type { Pair } from './pair.ts';
import classes from './OneToOne.module.css';
import { usePreparation } from './usePreparation.ts';

const Notes = later(() => import('./Notes.tsx'), 'Notes');
const Prepare = later(() => import('./Prepare.tsx'), 'Prepare');

const OPEN_CONVERSATION = graphql(`
  fragment OpenConversation on Conversation {
    id
    status
    scheduledAt
    offTheRecord
    ...Agenda
    ...Notes
    ...RecordMark
    ...HoldConversation
  }
`);

/** The planned conversation: what to bring up, the agenda, the notes, and that it took place. Live for both. */
export function OpenConversation({
  conversation: reference,
  pair,
  promises,
  lastMet,
  onHeld,
}: {
  readonly conversation: FragmentType<typeof OPEN_CONVERSATION>;
  readonly pair: Pair;
  readonly promises: ReactNode;
  /** That the two have just met, in words. */
  readonly lastMet: string | undefined;
  readonly onHeld: (id: string) => void;
}): ReactNode {
  const { say } = useWords();
  const conversation = readFragment(OPEN_CONVERSATION, reference);
  const { id, scheduledAt, offTheRecord } = conversation;
  const isLost = useLiveConversation(id);
  const hasBegun = useMemo(() => hasPassed(scheduledAt, 0), [scheduledAt]);
  const preparation = usePreparation(id, pair);
  const [isPreparing, setPreparing] = useState(!hasBegun);
  return (
    <>
      <p role="status" className={classes['soft']}>
        {isLost && say('live.lost')}
      </p>
      {offTheRecord ? (
        promises
      ) : (
        <div className={classes['columns']} data-long={(isPreparing && !preparation.asks) || undefined}>
          <Agenda conversation={conversation} pair={pair} goals={preparation.goals} hasBegun={hasBegun} />
          <Prepare
            conversationId={id}
            pair={pair}
            preparation={preparation}
            isOpen={isPreparing}
            setOpen={setPreparing}
          />
          <Notes conversation={conversation} pair={pair} />
          {promises}
        </div>
      )}
      <div className={classes['closing']}>
        <Hold conversation={conversation} hasBegun={hasBegun} lastMet={lastMet} onHeld={onHeld} />
        <OffTheRecord conversation={conversation} pair={pair} />
      </div>
    </>
  );
}
