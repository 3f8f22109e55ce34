import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { WritingField } from '../../parts/WritingField.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Agenda.module.css';
import { useAddPoint } from './useAddPoint.ts';

/** Adds a point. Enter adds it as the first button says: as a draft before the conversation, for both once it has begun. */
export function AddPoint({
  conversationId,
  name,
  sharesFirst,
}: {
  readonly conversationId: string;
  readonly name: string;
  readonly sharesFirst: boolean;
}): ReactNode {
  const { say } = useWords();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText, draft] = useDraft(`add-point:${conversationId}`, '');
  const [fromCustomer, setFromCustomer] = useState(false);
  const { add, isSaving, isWaiting, problem } = useAddPoint(conversationId);
  const submit = async (isDraft: boolean): Promise<void> => {
    if (text.trim() === '' || isSaving) return;
    const saved = await add({ text: text.trim(), draft: isDraft, fromCustomer });
    if (saved === undefined) return;
    draft.clear();
    setFromCustomer(false);
    field.current?.focus();
  };
  const buttons = [
    { isDraft: true, label: say('add.onlyYou') },
    { isDraft: false, label: say('add.both', { name }) },
  ];
  if (sharesFirst) buttons.reverse();
  return (
    <form
      className={classes['add']}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(!sharesFirst);
      }}
    >
      <WritingField
        ref={field}
        label={say('add.label')}
        placeholder={say('add.placeholder')}
        value={text}
        onChange={setText}
        onEnter={(hasModifier) => void submit(hasModifier ? sharesFirst : !sharesFirst)}
      />
      {text.trim() !== '' && (
        <p className={classes['actions']}>
          {buttons.map(({ isDraft, label }, at) => (
            <Button
              key={label}
              size="xs"
              type={at === 0 ? 'submit' : 'button'}
              variant={at === 0 ? 'filled' : 'default'}
              disabled={isSaving}
              onClick={at === 0 ? undefined : () => void submit(isDraft)}
            >
              {label}
            </Button>
          ))}
          <label className={classes['check']}>
            <input
              type="checkbox"
              checked={fromCustomer}
              onChange={({ target }) => {
                setFromCustomer(target.checked);
              }}
            />
            {say('point.customer')}
          </label>
        </p>
      )}
      <p role="status" className={classes['soft']}>
        {isWaiting && say('add.waits')}
      </p>
      <ProblemNote problem={problem} />
    </form>
  );
}
