import type { ReactNode } from 'react';
import { Field } from './Field.tsx';

/** A field for a word, a number or a day. */
export function TextField({
  label,
  value,
  change,
  type = 'text',
  hint,
  error,
  suggestions,
  ...bounds
}: {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly type?: 'text' | 'email' | 'date' | 'number' | 'search';
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Values that exist already; others can be typed. */
  readonly suggestions?: readonly string[];
  readonly min?: string | number;
  readonly max?: string | number;
}): ReactNode {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <>
          <input
            {...control}
            {...bounds}
            type={type}
            value={value}
            autoComplete="off"
            list={suggestions === undefined ? undefined : `${control.id}-list`}
            onChange={({ currentTarget }) => {
              change(currentTarget.value);
            }}
          />
          {suggestions !== undefined && (
            <datalist id={`${control.id}-list`}>
              {suggestions.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}
