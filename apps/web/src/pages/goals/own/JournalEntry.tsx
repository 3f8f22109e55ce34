import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '../../../parts/Button.tsx';
import type { JournalEntryFragment } from '../../../graphql/graphql.ts';
import { dayOf, useDates } from '../../../parts/dates.ts';
import { EditConflict } from '../../../parts/EditConflict.tsx';
import { Markdown } from '../../../parts/Markdown.tsx';
import { Moment } from '../../../parts/Moment.tsx';
import { ProblemNote, wordField } from '../../../parts/ProblemNote.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import { Written } from '../../../parts/Written.tsx';
import { useEdit } from '../../../saving/useEdit.ts';
import { KeptFields } from '../../../parts/Field.tsx';
import { useKept } from '../../../saving/useKept.ts';
import { useSave } from '../../../saving/useSave.ts';
import { useWords } from '../../../words/words.tsx';
import { EntryFields } from './EntryFields.tsx';
import { CHANGE_ENTRY, momentOf, type EntryValues } from './journal-edit.ts';
import classes from './Journal.module.css';

/** An entry of the journal, which its owner can edit in its place. */
export function JournalEntry({
  entry: { id, at, text, measuredValue },
  unit,
  remove,
}: {
  readonly entry: JournalEntryFragment;
  readonly unit: string | undefined;
  readonly remove: () => void;
}): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const dates = useDates();
  const [change, { problem }] = useSave(CHANGE_ENTRY);
  const saved: EntryValues = { day: dayOf(at), value: measuredValue?.toString() ?? '' };
  const [typed, setTyped] = useState<EntryValues>();
  const kept = useKept(`journal-values:${id}`);
  const values = typed ?? saved;
  const edit = useEdit(`journal-entry:${id}`, text, async (next) => {
    const result = await change({
      input: {
        id,
        text: next,
        ...(values.day !== saved.day && values.day !== '' && { at: momentOf(values.day) }),
        ...(values.value !== saved.value && {
          measuredValue: values.value === '' ? null : Number(values.value),
        }),
      },
    });
    if (result?.updatePersonalGoalUpdate == null) return 'failed';
    kept.clear();
    setTyped(undefined);
    return 'saved';
  });
  const cancel = (): void => {
    kept.clear();
    setTyped(undefined);
    edit.cancel();
  };
  const save = (): void => void edit.save(typed !== undefined);
  const button = useRef<HTMLButtonElement>(null);
  const form = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (edit.isOpen && !wasOpen.current) form.current?.querySelector('textarea')?.focus();
    if (!edit.isOpen && wasOpen.current) button.current?.focus();
    wasOpen.current = edit.isOpen;
  }, [edit.isOpen]);
  const facts = [
    dates.date(at),
    ...(measuredValue != null && unit !== undefined
      ? [`${new Intl.NumberFormat(language).format(measuredValue)} ${unit}`]
      : []),
  ].join(' · ');

  if (edit.isOpen) {
    return (
      <div className={classes['new']} ref={form}>
        <KeptFields kept={kept}>
          <EntryFields
            label={say('own.entry')}
            text={edit.text}
            setText={edit.setText}
            values={values}
            setValues={setTyped}
            unit={unit}
            save={save}
            cancel={cancel}
            errors={{
              text: wordField(problem, 'text', words),
              at: wordField(problem, 'at', words),
              value: wordField(problem, 'measuredValue', words),
            }}
          />
        </KeptFields>
        {edit.theirs === undefined ? (
          <div className={classes['buttons']}>
            <Button onClick={save}>{say('save')}</Button>
            <QuietButton onClick={cancel}>{say('cancel')}</QuietButton>
          </div>
        ) : (
          <EditConflict mine={edit.text} theirs={edit.theirs} onChoose={(text) => void edit.choose(text)} />
        )}
        <ProblemNote problem={problem} shownFields={['text', 'at', 'measuredValue']} />
      </div>
    );
  }
  return (
    <div className={classes['entry']}>
      <p className={classes['facts']}>
        <Moment at={at}>{facts}</Moment>
        <span className={classes['buttons']} data-quiet>
          <QuietButton ref={button} aria-label={`${say('edit')}: ${facts}`} onClick={edit.open}>
            {say('edit')}
          </QuietButton>
          <QuietButton aria-label={`${say('delete')}: ${facts}`} onClick={remove}>
            {say('delete')}
          </QuietButton>
        </span>
      </p>
      <Written as="div">
        <Markdown text={text} />
      </Written>
    </div>
  );
}
