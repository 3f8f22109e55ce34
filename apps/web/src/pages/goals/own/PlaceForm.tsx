import { useQuery } from '@apollo/client/react';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../../parts/Button.tsx';
import { PLACE_BUSINESS_GOAL } from '../../../parts/alignments.ts';
import { Field } from '../../../parts/Field.tsx';
import { ProblemNote, wordField } from '../../../parts/ProblemNote.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import { useRest } from '../../../parts/rest.tsx';
import { WritingArea } from '../../../parts/WritingArea.tsx';
import { problemOf } from '../../../saving/problem.ts';
import { useDraft } from '../../../saving/useDraft.ts';
import { useSave } from '../../../saving/useSave.ts';
import { useWords } from '../../../words/words.tsx';
import classes from './OwnGoal.module.css';
import { PLACEABLE, PROPOSE } from './parts-edit.ts';

/** Makes a business goal part of a personal goal: what the viewer carries comes first. */
export function PlaceForm({
  goalId,
  without,
  close,
  isProposal = false,
}: {
  readonly goalId: string;
  /** The ids of business goals that are part of it already. */
  readonly without: readonly string[];
  readonly close: () => void;
  /** Whether the goal is another person's, who decides. */
  readonly isProposal?: boolean;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const { data, error } = useQuery(PLACEABLE, { fetchPolicy: 'cache-and-network' });
  useRest(data?.businessGoals?.pageInfo, { query: PLACEABLE, variables: {}, path: ['businessGoals'] });
  const [chosen, setChosen] = useState('');
  const [how, setHow, draft] = useDraft(`how:${goalId}`, '');
  const [placeOwn, placing] = useSave(PLACE_BUSINESS_GOAL);
  const [propose, proposing] = useSave(PROPOSE, { refetch: ['Goal'] });
  const { isSaving, problem } = isProposal ? proposing : placing;
  const carried = (data?.viewer?.person.fitMap.carried ?? []).filter(({ id }) => !without.includes(id));
  const others = (data?.businessGoals?.nodes ?? []).filter(
    ({ id }) => !without.includes(id) && carried.every((one) => one.id !== id),
  );
  const submit = async (event?: SubmitEvent): Promise<void> => {
    event?.preventDefault();
    if (chosen === '' || isSaving) return;
    const input = { businessGoalId: chosen, personalGoalId: goalId, how: how.trim() === '' ? null : how };
    const saved = isProposal ? await propose({ input }) : await placeOwn({ input });
    if (saved?.placeBusinessGoal == null) return;
    draft.clear();
    close();
  };
  return (
    <form className={classes['placeForm']} onSubmit={(event) => void submit(event)}>
      <Field label={say('own.placeWhich')} error={wordField(problem, 'businessGoalId', words)}>
        {(control) => (
          <select
            {...control}
            autoFocus
            value={chosen}
            onChange={({ currentTarget }) => {
              setChosen(currentTarget.value);
            }}
          >
            <option value="">{say('own.placeChoose')}</option>
            {[
              { label: say('own.carried'), goals: carried },
              { label: say('own.others'), goals: others },
            ].map(
              ({ label, goals }) =>
                goals.length > 0 && (
                  <optgroup key={label} label={label}>
                    {goals.map(({ id, title }) => (
                      <option key={id} value={id}>
                        {title}
                      </option>
                    ))}
                  </optgroup>
                ),
            )}
          </select>
        )}
      </Field>
      <Field label={say('own.how')} hint={say('own.howHint')} error={wordField(problem, 'how', words)}>
        {(control) => (
          <WritingArea {...control} value={how} setValue={setHow} save={() => void submit()} cancel={close} />
        )}
      </Field>
      <div className={classes['buttons']}>
        <Button type="submit" disabled={chosen === '' || isSaving}>
          {say(isProposal ? 'goal.proposeSend' : 'own.placeSave')}
        </Button>
        <QuietButton onClick={close}>{say('cancel')}</QuietButton>
      </div>
      <ProblemNote problem={problem ?? (error && problemOf(error))} shownFields={['businessGoalId', 'how']} />
    </form>
  );
}
