import type { ReactNode } from 'react';
import { Field } from './Field.tsx';

/** A field for what a person writes, in the serif, as tall as its text. */
export function WrittenField({
  label,
  description,
  value,
  onChange,
  error,
  required = false,
  rows = 2,
  autoFocus = false,
}: {
  readonly label: string;
  readonly description?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly rows?: number;
  readonly autoFocus?: boolean;
}): ReactNode {
  return (
    <Field label={label} hint={description} error={error}>
      {(control) => (
        <textarea
          {...control}
          dir="auto"
          rows={rows}
          required={required}
          autoFocus={autoFocus}
          value={value}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.value);
          }}
        />
      )}
    </Field>
  );
}
