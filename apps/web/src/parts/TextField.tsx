import type { ComponentProps, ReactNode } from 'react';
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
  isHidden = false,
  className,
  ...others
}: Pick<
  ComponentProps<'input'>,
  | 'autoFocus'
  | 'className'
  | 'dir'
  | 'inputMode'
  | 'max'
  | 'maxLength'
  | 'min'
  | 'onKeyDown'
  | 'placeholder'
  | 'required'
> & {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly type?: 'text' | 'email' | 'date' | 'number' | 'search';
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Whether the label is for screen readers only, because the place says it to everybody else. */
  readonly isHidden?: boolean;
  /** Values that exist already; others can be typed. */
  readonly suggestions?: readonly string[];
}): ReactNode {
  return (
    <Field label={label} hint={hint} error={error} isHidden={isHidden}>
      {(control) => (
        <>
          <input
            {...control}
            {...others}
            className={className === undefined ? control.className : `${control.className} ${className}`}
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
