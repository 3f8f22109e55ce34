import type { ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Buttons } from '../../parts/Plain.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Admin.module.css';

/** The end of a form whose values stay in it: the button, and that they were saved. */
export function SaveButton({
  disabled,
  isSaved,
}: {
  readonly disabled: boolean;
  readonly isSaved: boolean;
}): ReactNode {
  const { say } = useWords();
  return (
    <>
      <Buttons>
        <Button type="submit" disabled={disabled}>
          {say('save')}
        </Button>
      </Buttons>
      <p role="status" className={classes['status']}>
        {isSaved && say('admin.saved')}
      </p>
    </>
  );
}
