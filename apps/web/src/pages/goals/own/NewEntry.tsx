import { useState, type ReactNode } from 'react';
import { today } from '../../../parts/dates.ts';
import { Button } from '../../../parts/Button.tsx';
import { ProblemNote, wordField } from '../../../parts/ProblemNote.tsx';
import { KeptFields } from '../../../parts/Field.tsx';
import { useDraft } from '../../../saving/useDraft.ts';
import { useKept } from '../../../saving/useKept.ts';
import { useSave } from '../../../saving/useSave.ts';
import { useWords } from '../../../words/words.tsx';
import { EntryFields } from './EntryFields.tsx';
import { ADD_ENTRY, momentOf, type EntryValues } from './journal-edit.ts';
import classes from './Journal.module.css';

/** Writes an entry into the journal. Day and value appear with the first words. */
export function NewEntry({
  goalId,
  unit,
}: {
  readonly goalId: string;
  readonly unit: string | undefined;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [text, setText, draft] = useDraft(`journal:${goalId}`, '');
  const [values, setValues] = useState<EntryValues>({ day: today(), value: '' });
  const kept = useKept(`journal-values:${goalId}`);
  const [add, { isSaving, problem }] = useSave(ADD_ENTRY);
  const isEmpty = text.trim() === '';
  const save = async (): Promise<void> => {
    if (isEmpty || isSaving) return;
    const saved = await add({
      input: {
        goalId,
        text,
        ...(values.day !== today() && values.day !== '' && { at: momentOf(values.day) }),
        ...(values.value !== '' && { measuredValue: Number(values.value) }),
      },
    });
    if (saved?.addPersonalGoalUpdate == null) return;
    draft.clear();
    kept.clear();
    setValues({ day: today(), value: '' });
  };
  return (
    <form
      className={classes['new']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <KeptFields kept={kept}>
        <EntryFields
          label={say('own.entryNew')}
          text={text}
          setText={setText}
          values={values}
          setValues={setValues}
          unit={unit}
          isShort={isEmpty}
          save={() => void save()}
          errors={{
            text: wordField(problem, 'text', words),
            at: wordField(problem, 'at', words),
            value: wordField(problem, 'measuredValue', words),
          }}
        />
      </KeptFields>
      {!isEmpty && (
        <div>
          <Button type="submit" disabled={isSaving}>
            {say('own.entrySave')}
          </Button>
        </div>
      )}
      <ProblemNote problem={problem} shownFields={['text', 'at', 'measuredValue']} />
    </form>
  );
}
