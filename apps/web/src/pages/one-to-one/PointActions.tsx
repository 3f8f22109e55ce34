import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import type { PointFragment } from '../../graphql/graphql.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Agenda.module.css';

const POSTPONE = graphql(`
  mutation PostponePoint($input: PostponeTalkingPointInput!) {
    postponeTalkingPoint(input: $input) {
      conversation {
        id
        ...Agenda
      }
    }
  }
`);

/** What can be done with a point besides ticking it. */
export function PointActions({
  point: { id, isStanding, fromCustomer, discussed },
  label,
  conversationId,
  isMine,
  update,
  onEdit,
  onRemove,
}: {
  readonly point: PointFragment;
  readonly label: string;
  readonly conversationId: string;
  readonly isMine: boolean;
  readonly update: (change: { standing?: boolean; fromCustomer?: boolean }) => Promise<unknown>;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { say } = useWords();
  const [postpone, { isSaving, problem }] = useSave(POSTPONE);
  return (
    <>
      <p className={classes['actions']} role="group" aria-label={label}>
        {!discussed && (
          <QuietButton disabled={isSaving} onClick={() => void postpone({ input: { id, conversationId } })}>
            {say('point.nextTime')}
          </QuietButton>
        )}
        {isMine && <QuietButton onClick={onEdit}>{say('point.edit')}</QuietButton>}
        <QuietButton aria-pressed={isStanding} onClick={() => void update({ standing: !isStanding })}>
          {say('point.keepStanding')}
        </QuietButton>
        {isMine && (
          <QuietButton
            aria-pressed={fromCustomer}
            onClick={() => void update({ fromCustomer: !fromCustomer })}
          >
            {say('point.customer')}
          </QuietButton>
        )}
        {isMine && <QuietButton onClick={onRemove}>{say('point.remove')}</QuietButton>}
      </p>
      <ProblemNote problem={problem} />
    </>
  );
}
