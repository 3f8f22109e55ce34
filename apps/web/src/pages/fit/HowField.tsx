import { useImperativeHandle, useRef, useState, type ReactNode, type Ref, type SubmitEvent } from 'react';
import { UPDATE_ALIGNMENT } from '../../parts/alignments.ts';
import { Field } from '../../parts/Field.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Fit.module.css';

export interface HowHandle {
  /** Saves what is typed. @returns whether the service has it now */
  readonly save: () => Promise<boolean>;
}

/** One optional line: how a business goal serves a goal. Enter saves it, and so does the button that closes what is around it. */
export function HowField({
  placementId,
  how,
  ref,
}: {
  readonly placementId: string;
  readonly how: string;
  readonly ref: Ref<HowHandle>;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [text, setText, draft] = useDraft(`fit-how:${placementId}`, how);
  const [isSaved, setSaved] = useState(false);
  const [update, { problem }] = useSave(UPDATE_ALIGNMENT);
  // "Done" right after Enter waits for what Enter saves.
  const running = useRef<{ readonly text: string; readonly outcome: Promise<boolean> }>(undefined);
  const save = async (): Promise<boolean> => {
    if (running.current?.text === text) return running.current.outcome;
    const outcome = store();
    running.current = { text, outcome };
    const isStored = await outcome;
    running.current = undefined;
    return isStored;
  };
  const store = async (): Promise<boolean> => {
    if (text.trim() === how) return true;
    const input = { id: placementId, how: text.trim() === '' ? null : text.trim() };
    if ((await update({ input }))?.updateAlignment == null) return false;
    draft.clear();
    setSaved(true);
    return true;
  };
  useImperativeHandle(ref, () => ({ save }));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form className={classes['how']} onSubmit={submit}>
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
      <span role="status" className={classes['soft']}>
        {isSaved && text.trim() === how && say('fit.saved')}
      </span>
      <ProblemNote problem={problem} shownFields={['how']} />
    </form>
  );
}
