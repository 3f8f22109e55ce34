import type { ReactNode } from 'react';
import { Field } from './Field.tsx';

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

/** A field with a few fixed values. */
export function SelectField<Value extends string>({
  label,
  value,
  change,
  choices,
  hint,
  error,
  autoFocus = false,
}: {
  readonly label: string;
  readonly value: Value;
  readonly change: (value: Value) => void;
  readonly choices: readonly (
    Option<Value> | { readonly group: string; readonly items: readonly Option<Value>[] }
  )[];
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}): ReactNode {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select
          {...control}
          value={value}
          autoFocus={autoFocus}
          onChange={({ currentTarget }) => {
            change(currentTarget.value as Value);
          }}
        >
          {choices.map((choice) =>
            'items' in choice ? (
              <optgroup key={choice.group} label={choice.group}>
                {choice.items.map(option)}
              </optgroup>
            ) : (
              option(choice)
            ),
          )}
        </select>
      )}
    </Field>
  );
}

function option<Value extends string>({ value, label }: Option<Value>): ReactNode {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
