import { useId, type ReactNode } from 'react';
import { KeptContext, useKeptField, type Kept } from '../saving/useKept.ts';
import classes from './Field.module.css';

export interface ControlProps {
  readonly id: string;
  readonly className: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

/** A label with its input, select or text area, and what is wrong with it. `children` gets the properties that tie them together. */
export function Field({
  label,
  hint,
  error,
  isHidden = false,
  name = label,
  children,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Whether the label is for screen readers only, because the place says it to everybody else. */
  readonly isHidden?: boolean;
  /** Tells it from fields with the same label in a form that is kept on the device. */
  readonly name?: string;
  readonly children: (props: ControlProps) => ReactNode;
}): ReactNode {
  const id = useId();
  const note = error ?? hint;
  useKeptField(id, name);
  return (
    <div className={classes['field']}>
      <label htmlFor={id} className={isHidden ? classes['hidden'] : classes['label']}>
        {label}
      </label>
      {children({
        id,
        className: classes['control'] ?? '',
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
      })}
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={classes['note']}
          data-error={error !== undefined || undefined}
          role={error === undefined ? undefined : 'alert'}
        >
          {note}
        </p>
      )}
    </div>
  );
}

/** Keeps what is typed into the fields inside on this device, until it is saved or given up. */
export function KeptFields({
  kept,
  children,
}: {
  readonly kept: Kept | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return <KeptContext value={kept}>{children}</KeptContext>;
}

/** A checkbox or radio button with its label and, if wanted, a sentence that explains it. */
export function Choice({
  type,
  name,
  label,
  hint,
  checked,
  disabled = false,
  onChange,
}: {
  readonly type: 'checkbox' | 'radio';
  readonly name?: string;
  readonly label: ReactNode;
  readonly hint?: string | undefined;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className={classes['choice']}>
      <input
        id={id}
        type={type}
        name={name}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.checked);
        }}
      />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className={classes['note']}>
          {hint}
        </p>
      )}
    </div>
  );
}
