import { useState, type ReactNode } from 'react';
import { Opened } from '../../parts/Opener.tsx';
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

/** The one form of a list that is open: that of an item, by its ID, or that of a new one. */
export function useOpenForm(): {
  readonly open: string | undefined;
  /** The one that was closed last: the button that opened it gets the focus back. */
  readonly closed: string | undefined;
  readonly show: (form: string) => void;
  readonly close: () => void;
} {
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
