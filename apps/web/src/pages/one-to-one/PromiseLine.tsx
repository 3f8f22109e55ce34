import { useRef, useState, type ReactNode } from 'react';
import type {
  ActionItemOutcome,
  ClosePromiseMutation,
  ReopenPromiseMutation,
} from '../../graphql/graphql.ts';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { Written } from '../../parts/Written.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { PROMISE_LINE } from './promise-fragment.ts';
import { PromiseEdit } from './PromiseEdit.tsx';
import classes from './Promises.module.css';

const CLOSE = graphql(`
  mutation ClosePromise($input: CloseActionItemInput!) {
    closeActionItem(input: $input) {
      actionItem {
        id
        ...PromiseLine
      }
    }
  }
`);

const REOPEN = graphql(`
  mutation ReopenPromise($input: ReopenActionItemInput!) {
    reopenActionItem(input: $input) {
      actionItem {
        id
        ...PromiseLine
      }
    }
  }
`);

/** One promise: its owner ticks it off or drops it, either of the two words it better. A late one has weight, not colour. */
export function PromiseLine({
  item: reference,
  viewerId,
  isOpen: isPairOpen,
}: {
  readonly item: FragmentType<typeof PROMISE_LINE>;
  readonly viewerId: string;
  readonly isOpen: boolean;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const item = readFragment(PROMISE_LINE, reference);
  const { id, text, dueOn, standing, state, renegotiated, owner, viewerCanRefuse } = item;
  const [isOpen, setOpen] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const [close, closing] = useSave(CLOSE);
  const [reopen, reopening] = useSave(REOPEN);
  const closeAs = (outcome: ActionItemOutcome): void => {
    const actionItem = { ...item, state: outcome, closedAt: new Date().toISOString() };
    void close({ input: { id, state: outcome } }, {
      closeActionItem: { __typename: 'ActionItemPayload', actionItem },
    } as unknown as ClosePromiseMutation);
  };
  const takeBack = (): void => {
    const actionItem = { ...item, state: 'OPEN', closedAt: null };
    void reopen({ input: { id } }, {
      reopenActionItem: { __typename: 'ActionItemPayload', actionItem },
    } as unknown as ReopenPromiseMutation);
  };
  const isMine = owner.id === viewerId;
  const isClosed = state !== 'OPEN';
  const due = dueOn == null ? undefined : dates.nearValues(dueOn);

  if (isEditing) {
    return (
      <li className={classes['line']}>
        <PromiseEdit
          item={item}
          viewerId={viewerId}
          onDone={() => {
            setEditing(false);
            // The button comes back with the line.
            requestAnimationFrame(() => more.current?.focus());
          }}
        />
      </li>
    );
  }
  return (
    <li className={classes['line']} data-closed={isClosed || undefined}>
      {/* Only its owner says that it is done. */}
      {isMine ? (
        <input
          type="checkbox"
          className={classes['tick']}
          checked={state === 'DONE'}
          disabled={closing.isSaving || reopening.isSaving || state === 'DROPPED'}
          aria-label={say('promises.done', { text })}
          onChange={() => {
            if (isClosed) takeBack();
            else closeAs('DONE');
          }}
        />
      ) : (
        <span className={classes['mark']} aria-hidden="true">
          {state === 'DONE' ? '✓' : '–'}
        </span>
      )}
      <div>
        <Written as="div">
          <Markdown text={text} inline />
        </Written>
        <p className={classes['soft']}>
          {due === undefined ? (
            say('promises.noDate')
          ) : (
            <Moment at={dueOn ?? ''}>
              {standing === 'LATE' ? <strong>{say('promises.late', due)}</strong> : say('promises.due', due)}
            </Moment>
          )}
          {renegotiated > 0 && ` · ${say('promises.moved', { count: renegotiated })}`}
          {isClosed && ` · ${say(state === 'DONE' ? 'promises.isDone' : 'promises.isDropped')} `}
          {isClosed && isMine && (
            <QuietButton disabled={reopening.isSaving} onClick={takeBack}>
              {say('undo')}
            </QuietButton>
          )}
        </p>
        {isOpen && !isClosed && (
          <p className={classes['actions']}>
            {isPairOpen && (
              <QuietButton
                onClick={() => {
                  setEditing(true);
                  setOpen(false);
                }}
              >
                {say('point.edit')}
              </QuietButton>
            )}
            {isMine && (
              <QuietButton
                disabled={closing.isSaving}
                onClick={() => {
                  closeAs('DROPPED');
                }}
              >
                {say(viewerCanRefuse ? 'promises.refuse' : 'promises.drop')}
              </QuietButton>
            )}
          </p>
        )}
        <ProblemNote problem={closing.problem ?? reopening.problem} />
      </div>
      {!isClosed && (isPairOpen || isMine) && (
        <QuietButton
          ref={more}
          data-plain
          aria-expanded={isOpen}
          aria-label={say('point.more', { text })}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          <span aria-hidden="true">···</span>
        </QuietButton>
      )}
    </li>
  );
}
