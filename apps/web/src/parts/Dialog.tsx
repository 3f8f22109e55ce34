import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import classes from './Dialog.module.css';

/** The buttons of a dialog. They stay in view while the rest of it scrolls. */
export function DialogButtons({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={classes['buttons']}>{children}</div>;
}

/** A dialog over the page, as long as it is rendered. When it closes, the focus returns to what opened it. */
export function Dialog({
  title,
  close,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes['dialog']}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <h2 id={id} className={classes['title']}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
