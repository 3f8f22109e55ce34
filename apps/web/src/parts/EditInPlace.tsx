import { useEffect, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import type { Problem } from '../saving/problem.ts';
import { useEdit, type Outcome } from '../saving/useEdit.ts';
import { useWords } from '../words/words.tsx';
import classes from './EditInPlace.module.css';
import { EditConflict } from './EditConflict.tsx';
import { Field } from './Field.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { QuietButton } from './QuietButton.tsx';
import { WritingArea } from './WritingArea.tsx';

/**
 * A text that people with permission edit in place: its button or a click on the text opens the editor. What is typed is kept until it is
 * saved; Ctrl with Enter saves (in one line Enter alone), Escape gives up.
 */
export function EditInPlace({
  label,
  value,
  draftKey,
  store,
  problem,
  error,
  isOneLine = false,
  maxLength,
  size = 'normal',
  isLabelShown = false,
  children,
}: {
  /** What the text is, for its button and its field: "Title". */
  readonly label: string;
  readonly value: string;
  readonly draftKey: string;
  readonly store: (text: string) => Promise<Outcome>;
  readonly problem?: Problem | undefined;
  /** What is wrong with the text. */
  readonly error?: string | undefined;
  readonly isOneLine?: boolean;
  readonly maxLength?: number;
  readonly size?: 'normal' | 'title';
  /** Whether the label is shown over the field, because nothing else says what the text is. */
  readonly isLabelShown?: boolean;
  /** The text as it is read. */
  readonly children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  const edit = useEdit(draftKey, value, store);
  const area = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const isOpening = useRef(false);
  // Before anything can be typed: moving the caret later would undo what was selected in between.
  useLayoutEffect(() => {
    if (!edit.isOpen || !isOpening.current) return;
    isOpening.current = false;
    const field = area.current?.querySelector('textarea');
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, [edit.isOpen]);
  useEffect(() => {
    if (wasOpen.current && !edit.isOpen) button.current?.focus();
    wasOpen.current = edit.isOpen;
  }, [edit.isOpen]);

  const openByClick = ({ target }: MouseEvent): void => {
    const isLink = target instanceof Element && target.closest('a, button') !== null;
    if (!isLink && getSelection()?.isCollapsed !== false) open();
  };
  const open = (): void => {
    isOpening.current = true;
    edit.open();
  };

  if (!edit.isOpen) {
    return (
      <div className={classes['closed']}>
        <div className={classes['text']} onClick={openByClick}>
          {children}
        </div>
        <QuietButton ref={button} aria-label={`${say('edit')}: ${label}`} onClick={open}>
          {say('edit')}
        </QuietButton>
      </div>
    );
  }
  const save = (): void => void edit.save();
  return (
    <div className={classes['open']} ref={area}>
      {size === 'title' && <h1 className={classes['hidden']}>{value}</h1>}
      <Field label={label} error={error} isHidden={!isLabelShown}>
        {(control) => (
          <WritingArea
            {...control}
            className={`${control.className} ${classes['area'] ?? ''}`}
            data-size={size}
            value={edit.text}
            setValue={edit.setText}
            save={save}
            cancel={edit.cancel}
            isOneLine={isOneLine}
            maxLength={maxLength}
          />
        )}
      </Field>
      {edit.theirs === undefined ? (
        <div className={classes['buttons']}>
          <Button onClick={save}>{say('save')}</Button>
          <QuietButton onClick={edit.cancel}>{say('cancel')}</QuietButton>
        </div>
      ) : (
        <EditConflict mine={edit.text} theirs={edit.theirs} onChoose={(text) => void edit.choose(text)} />
      )}
      <ProblemNote problem={error === undefined ? problem : undefined} />
    </div>
  );
}
