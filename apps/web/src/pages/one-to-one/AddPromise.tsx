import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { graphql } from '../../graphql/index.ts';
import { dayOf, useDates } from '../../parts/dates.ts';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { parsePromise } from './due-date.ts';
import { addPromise } from './add-promise.ts';
import type { Pair } from './pair.ts';
import classes from './Promises.module.css';

const ADD_PROMISE = graphql(`
  mutation AddPromise($input: AddActionItemInput!) {
    addActionItem(input: $input) {
      actionItem {
        id
        ...PromiseLine
      }
    }
  }
`);

/** A promise in one line: "Send the budget by Friday" says what and until when, and shows how it was understood before it is saved. */
export function AddPromise({
  ownerId,
  isMine,
  pair,
  conversationId,
}: {
  readonly ownerId: string;
  readonly isMine: boolean;
  readonly pair: Pair;
  readonly conversationId: string | undefined;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const dates = useDates();
  const [line, setLine, draft] = useDraft(`add-promise:${pair.oneToOneId}:${ownerId}`, '');
  /** A line whose day is part of the text. */
  const [literal, setLiteral] = useState<string>();
  const [add, { isSaving, isWaiting, problem }] = useSave(ADD_PROMISE, {
    update: (cache, { data }) => {
      const id = data?.addActionItem?.actionItem.id;
      if (id !== undefined) addPromise(cache, pair.oneToOneId, id);
    },
  });
  const understood =
    line === literal
      ? { text: line.trim(), dueOn: undefined }
      : parsePromise(line, dayOf(new Date().toISOString()));
  const submit = async (): Promise<void> => {
    if (understood.text === '' || isSaving) return;
    const saved = await add({
      input: {
        ...understood,
        ownerId,
        target: conversationId === undefined ? { oneToOneId: pair.oneToOneId } : { conversationId },
      },
    });
    if (saved !== undefined) draft.clear();
  };
  const { name } = pair.counterpart;
  return (
    <form
      className={classes['add']}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        dir="auto"
        isHidden
        label={isMine ? say('promises.addMine') : say('promises.addTheirs', { name })}
        placeholder={say(isMine ? 'promises.addMine' : 'promises.hintTheirs')}
        className={classes['input'] ?? ''}
        value={line}
        error={wordField(problem, 'text', words) ?? wordField(problem, 'dueOn', words)}
        change={setLine}
        onKeyDown={(event) => {
          // Some browsers submit the form with the Enter that ends a composition.
          if (event.key === 'Enter' && event.nativeEvent.isComposing) event.preventDefault();
        }}
      />
      {line.trim() !== '' && (
        <div className={classes['understood']}>
          <Button size="xs" type="submit" disabled={isSaving}>
            {say('promises.add')}
          </Button>
          <p className={classes['soft']} role="status">
            {isWaiting
              ? say('add.waits')
              : understood.dueOn === undefined
                ? say('promises.noDateFound')
                : say('promises.dueFound', { day: dates.exact(understood.dueOn) })}
            {!isWaiting && understood.dueOn !== undefined && (
              <QuietButton
                onClick={() => {
                  setLiteral(line);
                }}
              >
                {say('promises.noDue')}
              </QuietButton>
            )}
          </p>
        </div>
      )}
      <ProblemNote problem={problem} shownFields={['text', 'dueOn']} />
    </form>
  );
}
