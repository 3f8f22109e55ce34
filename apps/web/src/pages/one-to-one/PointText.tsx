import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { PointFragment } from '../../graphql/graphql.ts';
import { EditConflict } from '../../parts/EditConflict.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { WritingField } from '../../parts/WritingField.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Agenda.module.css';
import { useUpdatePoint } from './useUpdatePoint.ts';

/** The text of a point while its author edits it. Enter saves, Escape leaves it as it was. */
export function PointText({
  point,
  onDone,
}: {
  readonly point: PointFragment;
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useWords();
  const [text, setText, draft] = useDraft(`point:${point.id}`, point.text);
  const [theirs, setTheirs] = useState<PointFragment>();
  const { set, isSaving, problem } = useUpdatePoint(theirs ?? point);
  const save = async (chosen: string): Promise<void> => {
    const conflict = await set({ text: chosen.trim() });
    setTheirs(conflict);
    if (conflict !== undefined) return;
    draft.clear();
    onDone();
  };
  const cancel = (): void => {
    draft.clear();
    onDone();
  };
  if (theirs !== undefined) {
    return <EditConflict mine={text} theirs={theirs.text} onChoose={(chosen) => void save(chosen)} />;
  }
  return (
    <form
      className={classes['edit']}
      onSubmit={(event) => {
        event.preventDefault();
        void save(text);
      }}
    >
      <WritingField
        label={say('point.text')}
        hidesLabel
        autoFocus
        value={text}
        onChange={setText}
        onEnter={() => void save(text)}
        onEscape={cancel}
      />
      <p className={classes['actions']}>
        <Button size="xs" type="submit" disabled={isSaving || text.trim() === ''}>
          {say('pair.save')}
        </Button>
        <QuietButton onClick={cancel}>{say('pair.cancel')}</QuietButton>
      </p>
      <ProblemNote problem={problem} />
    </form>
  );
}
