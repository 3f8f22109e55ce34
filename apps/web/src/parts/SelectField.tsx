import type { ReactNode } from 'react';
import { Field } from './Field.tsx';

/** A field with a few fixed values. */
export function SelectField<Value extends string>({
  label,
  value,
  change,
  choices,
  hint,
  error,
}: {
  readonly label: string;
  readonly value: Value;
  readonly change: (value: Value) => void;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}): ReactNode {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={({ currentTarget }) => {
            change(currentTarget.value as Value);
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
