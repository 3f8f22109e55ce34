import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import { UPDATE_ALIGNMENT } from '../../parts/alignments.ts';
import { Field } from '../../parts/Field.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Fit.module.css';

/** One optional line: how a business goal serves a goal. */
export function HowField({
  placementId,
  how,
}: {
  readonly placementId: string;
  readonly how: string;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [text, setText, draft] = useDraft(`fit-how:${placementId}`, how);
  const [isSaved, setSaved] = useState(false);
  const [update, { isSaving, problem }] = useSave(UPDATE_ALIGNMENT);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() === how || isSaving) return;
    const input = { id: placementId, how: text.trim() === '' ? null : text.trim() };
    if ((await update({ input }))?.updateAlignment == null) return;
    draft.clear();
    setSaved(true);
  };
  return (
    <form className={classes['how']} onSubmit={(event) => void submit(event)}>
      <Field label={say('fit.how')} error={wordField(problem, 'how', words)}>
        {(control) => (
          <input
            {...control}
            dir="auto"
            value={text}
            onChange={({ currentTarget }) => {
              setSaved(false);
              setText(currentTarget.value);
            }}
          />
        )}
      </Field>
      {text.trim() !== how && (
        <Button type="submit" disabled={isSaving}>
          {say('save')}
        </Button>
      )}
      <span role="status" className={classes['soft']}>
        {isSaved && text.trim() === how && say('fit.saved')}
      </span>
      <ProblemNote problem={problem} shownFields={['how']} />
    </form>
  );
}
