import { useId, type ReactNode } from 'react';
import classes from './Table.module.css';

/** A table whose rows become blocks on a phone, unless it is one of figures. Wide ones scroll by themselves. */
export function Table({
  title,
  head,
  stacks = true,
  children,
}: {
  /** For screen readers: the page says it to everybody else. */
  readonly title: string;
  readonly head: readonly string[];
  readonly stacks?: boolean;
  /** Rows of the body. */
  readonly children: ReactNode;
}): ReactNode {
  const id = useId();
  return (
    // Focusable, so that the keyboard can scroll it.
    <div className={classes['around']} role="region" aria-labelledby={id} tabIndex={0}>
      <table className={classes['table']} data-stacks={stacks || undefined}>
        <caption id={id}>{title}</caption>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
