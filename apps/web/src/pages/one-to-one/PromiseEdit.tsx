import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { graphql, readFragment } from '../../graphql/index.ts';
import type { PromiseLineFragment } from '../../graphql/graphql.ts';
import { dayOf } from '../../parts/dates.ts';
import { EditConflict } from '../../parts/EditConflict.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { evict } from '../../saving/evict.ts';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import headClasses from './Head.module.css';
import { PROMISE_LINE } from './promise-fragment.ts';
import classes from './Promises.module.css';

const UPDATE_PROMISE = graphql(`
  mutation UpdatePromise($input: UpdateActionItemInput!) {
    updateActionItem(input: $input) {
      __typename
      ... on ActionItemPayload {
        actionItem {
          id
          ...PromiseLine
        }
      }
      ... on EditConflict {
        current {
          __typename
          ... on ActionItem {
            id
            ...PromiseLine
          }
        }
      }
    }
  }
`);

const DELETE_PROMISE = graphql(`
  mutation DeletePromise($input: DeleteInput!) {
    deleteActionItem(input: $input) {
      deletedId
    }
  }
`);

/** Words a promise better, moves its date as long as that is a renegotiation, or removes what was just written by mistake. */
export function PromiseEdit({
  item,
  viewerId,
  onDone,
}: {
  readonly item: PromiseLineFragment;
  readonly viewerId: string;
  readonly onDone: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [text, setText, draft] = useDraft(`promise:${item.id}`, item.text);
  const [dueOn, setDueOn] = useState(item.dueOn ?? '');
  const [theirs, setTheirs] = useState<PromiseLineFragment>();
  const [update, updating] = useSave(UPDATE_PROMISE);
  const [remove, removing] = useSave(DELETE_PROMISE, {
    update: (cache, { data }) => {
      evict(cache, 'ActionItem', data?.deleteActionItem);
    },
  });
  const save = async (chosen: string): Promise<void> => {
    const { id, version } = theirs ?? item;
    const movesDate = item.viewerCanMoveDueDate && dueOn !== (item.dueOn ?? '');
    const saved = await update({
      input: {
        id,
        version,
        ...(chosen.trim() !== item.text && { text: chosen.trim() }),
        ...(movesDate && { dueOn: dueOn === '' ? null : dueOn }),
      },
    });
    const result = saved?.updateActionItem;
    if (result == null) return;
    if (result.__typename === 'EditConflict') {
      if (result.current.__typename === 'ActionItem') setTheirs(readFragment(PROMISE_LINE, result.current));
      return;
    }
    draft.clear();
    onDone();
  };
  if (theirs !== undefined) {
    return <EditConflict mine={text} theirs={theirs.text} onChoose={(chosen) => void save(chosen)} />;
  }
  return (
    <form
      className={classes['edit']}
      onSubmit={(event) => {
        event.preventDefault();
        void save(text);
      }}
    >
      <TextField
        autoFocus
        dir="auto"
        isHidden
        label={say('promises.text')}
        className={classes['input'] ?? ''}
        value={text}
        error={wordField(updating.problem, 'text', words)}
        change={setText}
      />
      {item.viewerCanMoveDueDate && (
        <div className={headClasses['fields']}>
          <label>
            {say('promises.dueField')}
            <input
              type="date"
              min={dayOf(new Date().toISOString())}
              value={dueOn}
              onChange={({ target }) => {
                setDueOn(target.value);
              }}
            />
          </label>
          {item.dueOn != null && <p className={classes['soft']}>{say('promises.renegotiate')}</p>}
        </div>
      )}
      <p className={classes['actions']}>
        <Button size="xs" type="submit" disabled={updating.isSaving || text.trim() === ''}>
          {say('pair.save')}
        </Button>
        <QuietButton
          onClick={() => {
            draft.clear();
            onDone();
          }}
        >
          {say('pair.cancel')}
        </QuietButton>
        {item.author.id === viewerId && (
          <QuietButton disabled={removing.isSaving} onClick={() => void remove({ input: { id: item.id } })}>
            {say('promises.remove')}
          </QuietButton>
        )}
      </p>
      <ProblemNote problem={updating.problem ?? removing.problem} shownFields={['text']} />
    </form>
  );
}
