import type { ReactNode } from 'react';
import { today } from '../../../parts/dates.ts';
import { Field } from '../../../parts/Field.tsx';
import { WritingArea } from '../../../parts/WritingArea.tsx';
import { useWords } from '../../../words/words.tsx';
import type { EntryValues } from './journal-edit.ts';
import classes from './Journal.module.css';

/** What an entry of the journal consists of: its text, its day, and a value where the goal is measured. */
export function EntryFields({
  label,
  text,
  setText,
  values: { day, value },
  setValues,
  unit,
  isShort = false,
  save,
  cancel,
  errors,
}: {
  readonly label: string;
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly values: EntryValues;
  readonly setValues: (values: EntryValues) => void;
  /** What is counted. Undefined if the goal is not measured. */
  readonly unit: string | undefined;
  /** Whether only the text is shown: before anything is written. */
  readonly isShort?: boolean;
  readonly save: () => void;
  readonly cancel?: () => void;
  readonly errors: {
    readonly text: string | undefined;
    readonly at: string | undefined;
    readonly value: string | undefined;
  };
}): ReactNode {
  const { say } = useWords();
  return (
    <>
      <Field label={label} isHidden={isShort} error={errors.text}>
        {(control) => (
          <WritingArea
            {...control}
            placeholder={isShort ? label : undefined}
            value={text}
            setValue={setText}
            save={save}
            {...(cancel && { cancel })}
          />
        )}
      </Field>
      {!isShort && (
        <div className={classes['beside']}>
          <Field label={say('own.entryDay')} error={errors.at}>
            {(control) => (
              <input
                {...control}
                type="date"
                min="1900-01-01"
                max={today()}
                value={day}
                onChange={({ currentTarget }) => {
                  setValues({ day: currentTarget.value, value });
                }}
              />
            )}
          </Field>
          {unit !== undefined && (
            <Field label={unit} error={errors.value}>
              {(control) => (
                <input
                  {...control}
                  type="number"
                  step="any"
                  inputMode="decimal"
                  value={value}
                  onChange={({ currentTarget }) => {
                    setValues({ day, value: currentTarget.value });
                  }}
                />
              )}
            </Field>
          )}
        </div>
      )}
    </>
  );
}
