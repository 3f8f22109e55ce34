import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import type { Pair } from './pair.ts';
import classes from './OneToOne.module.css';

const RECORD_MARK = graphql(`
  fragment RecordMark on Conversation {
    id
    offTheRecord
    offTheRecordBy {
      id
    }
  }
`);

const SET = graphql(`
  mutation SetOffTheRecord($input: SetOffTheRecordInput!) {
    setOffTheRecord(input: $input) {
      conversation {
        id
        ...RecordMark
        talkingPoints {
          id
        }
      }
    }
  }
`);

/** Marks the conversation so that nothing can be written in it; only the one who did can take that back. */
export function OffTheRecord({
  conversation: reference,
  pair,
}: {
  readonly conversation: FragmentType<typeof RECORD_MARK>;
  readonly pair: Pair;
}): ReactNode {
  const { say } = useWords();
  const { id, offTheRecord, offTheRecordBy } = readFragment(RECORD_MARK, reference);
  const [set, { isSaving, problem }] = useSave(SET);
  const isMine = offTheRecordBy?.id === pair.viewerId;
  return (
    <div>
      <p className={classes['soft']}>
        {say(offTheRecord ? (isMine ? 'record.byYou' : 'record.byOther') : 'record.text', {
          name: pair.counterpart.name,
        })}{' '}
        {(!offTheRecord || isMine) && (
          <QuietButton
            disabled={isSaving}
            onClick={() => void set({ input: { id, offTheRecord: !offTheRecord } })}
          >
            {say(offTheRecord ? 'record.unset' : 'record.set')}
          </QuietButton>
        )}
      </p>
      <ProblemNote problem={problem} />
    </div>
  );
}
