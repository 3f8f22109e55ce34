import type { ReactNode } from 'react';
import { Textarea } from '../../parts/mantine.tsx';
import classes from './Barriers.module.css';

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
  readonly error: string | undefined;
  readonly required?: boolean;
  readonly rows?: number;
  readonly autoFocus?: boolean;
}): ReactNode {
  return (
    <Textarea
      label={label}
      description={description}
      value={value}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.value);
      }}
      error={error}
      required={required}
      autosize
      minRows={rows}
      autoFocus={autoFocus}
      dir="auto"
      classNames={{ input: classes['written'] ?? '' }}
    />
  );
}
