import { useId, type ReactNode, type Ref, type SubmitEvent } from 'react';
import type { Kept } from '../saving/useKept.ts';
import { KeptFields } from './Field.tsx';
import classes from './Plain.module.css';

/** A plain page of settings and lists: a title, an explanation, and parts below each other. */
export function PlainPage({
  title,
  intro,
  children,
}: {
  readonly title: string;
  readonly intro?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={classes['page']}>
      <title>{`${title} – Mutual`}</title>
      <div>
        <h1 className={classes['title']}>{title}</h1>
        {intro !== undefined && <p className={classes['soft']}>{intro}</p>}
      </div>
      {children}
    </div>
  );
}

/** A part of such a page, with a heading. */
export function Part({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  const heading = useId();
  return (
    <section className={classes['part']} aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {children}
    </section>
  );
}

/** Facts with their names. Those that are unknown are left out. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [name: string, value: ReactNode])[];
}): ReactNode {
  return (
    <dl className={classes['facts']}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A form in one column. */
export function PlainForm({
  submit,
  kept,
  children,
}: {
  readonly submit: () => void;
  /** Keeps what is typed on this device. Undefined for passwords, and where each field keeps its text by itself. */
  readonly kept: Kept | undefined;
  readonly children: ReactNode;
}): ReactNode {
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    submit();
  };
  return (
    <KeptFields kept={kept}>
      <form className={classes['form']} onSubmit={onSubmit} noValidate>
        {children}
      </form>
    </KeptFields>
  );
}

/** A list of one line each: what it is, and what can be done with it. */
export function Rows({
  label,
  ref,
  children,
}: {
  readonly label?: string;
  /** To give it the focus when the item that had it goes. */
  readonly ref?: Ref<HTMLUListElement>;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <ul ref={ref} tabIndex={-1} className={classes['rows']} aria-label={label}>
      {children}
    </ul>
  );
}

export function Row({
  detail,
  action,
  children,
}: {
  readonly detail?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <li className={classes['row']}>
      <div>
        {children}
        {detail !== undefined && <small>{detail}</small>}
      </div>
      {action}
    </li>
  );
}

export function Buttons({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={classes['buttons']}>{children}</div>;
}

/** A paragraph that explains, or says that there is nothing. */
export function Note({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className={classes['soft']}>{children}</p>;
}
