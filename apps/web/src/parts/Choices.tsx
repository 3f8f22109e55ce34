import type { ReactNode } from 'react';
import classes from './Choices.module.css';

/**
 * A question with a few answers, all of them in view.
 *
 * @param props.layout `row` puts short answers beside each other, on a phone too; `list` puts them below each other
 */
export function Choices<Value extends string>({
  name,
  legend,
  hint,
  options,
  value,
  onChange,
  layout = 'list',
  size = 'normal',
  autoFocus = false,
}: {
  /** Unique on the page. */
  readonly name: string;
  readonly legend: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  /** Undefined before the first choice. */
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  readonly layout?: 'row' | 'row-or-list' | 'list';
  readonly size?: 'normal' | 'large';
  readonly autoFocus?: boolean;
}): ReactNode {
  return (
    <fieldset className={classes['choices']} data-size={size}>
      <legend>{legend}</legend>
      {hint !== undefined && <p className={classes['hint']}>{hint}</p>}
      <div className={classes['options']} data-layout={layout}>
        {options.map((option, at) => (
          <label key={option.value} className={classes['option']}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              autoFocus={autoFocus && (value === undefined ? at === 0 : option.value === value)}
              onChange={() => {
                onChange(option.value);
              }}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One thing that is so or not. */
export function YesNo({
  label,
  hint,
  isChosen,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
}): ReactNode {
  return (
    <div className={classes['yesNo']}>
      <label className={classes['option']}>
        <input
          type="checkbox"
          checked={isChosen}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.checked);
          }}
        />
        <span>{label}</span>
      </label>
      {hint !== undefined && <p className={classes['hint']}>{hint}</p>}
    </div>
  );
}
