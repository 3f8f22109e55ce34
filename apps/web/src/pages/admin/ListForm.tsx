import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Opened } from '../../parts/Opener.tsx';
import { Buttons } from '../../parts/Plain.tsx';
import classes from './Admin.module.css';

/** A form that has opened in a list, with a heading that says what it changes or adds. */
export function ListForm({
  title,
  children,
}: {
  /** Undefined where the row above says it. */
  readonly title?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={classes['form']}>
      {title !== undefined && <h2>{title}</h2>}
      <Opened>{children}</Opened>
    </div>
  );
}

/** Below a list: the form of a new item, or the button that opens it. */
export function NewInList({
  label,
  title,
  form: { open, closed, show },
  children,
}: {
  /** Of the button. */
  readonly label: string;
  /** Of the form. */
  readonly title: string;
  readonly form: OpenForm;
  readonly children: ReactNode;
}): ReactNode {
  if (open === 'new') return <ListForm title={title}>{children}</ListForm>;
  return (
    <Buttons>
      <Button
        variant="default"
        autoFocus={closed === 'new'}
        onClick={() => {
          show('new');
        }}
      >
        {label}
      </Button>
    </Buttons>
  );
}

interface OpenForm {
  readonly open: string | undefined;
  /** The one that was closed last: the button that opened it gets the focus back. */
  readonly closed: string | undefined;
  readonly show: (form: string) => void;
  readonly close: () => void;
}

/** The one form of a list that is open: that of an item, by its ID, or that of a new one. */
export function useOpenForm(): OpenForm {
  const [{ open, closed }, set] = useState<{ open?: string; closed?: string }>({});
  return {
    open,
    closed,
    show: (form) => {
      set({ open: form });
    },
    close: () => {
      set(open === undefined ? {} : { closed: open });
    },
  };
}
