import { useState, type ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import buttonClasses from './Button.module.css';
import { Field } from './Field.tsx';
import classes from './Field.module.css';

/** A field for a file, in the language of the page: the browser's own speaks that of the browser. */
export function FileField({
  label,
  hint,
  error,
  accept,
  disabled = false,
  choose,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** As the attribute of the input. */
  readonly accept: string;
  readonly disabled?: boolean;
  /** The file, or undefined where the person has taken their choice back. */
  readonly choose: (file: File | undefined) => void;
}): ReactNode {
  const { say } = useWords();
  const [name, setName] = useState<string>();
  return (
    <Field label={label} hint={hint} error={error}>
      {({ className: _, ...control }) => (
        <span className={classes['file']}>
          <input
            {...control}
            type="file"
            accept={accept}
            disabled={disabled}
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              setName(file?.name);
              choose(file);
            }}
          />
          <span className={buttonClasses['button']} data-variant="default" aria-hidden="true">
            {say('file.choose')}
          </span>
          <span className={classes['chosen']} aria-hidden="true" dir="auto">
            {name ?? say('file.none')}
          </span>
        </span>
      )}
    </Field>
  );
}
