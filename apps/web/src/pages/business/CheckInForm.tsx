import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { GoalHealth } from '../../graphql/graphql.ts';
import { graphql, readFragment } from '../../graphql/index.ts';
import { Choice, Field, KeptFields } from '../../parts/Field.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { WritingArea } from '../../parts/WritingArea.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Business.module.css';
import { BUSINESS_FIELDS, type BusinessFields } from './goal-edit.ts';

const CHECK_IN = graphql(`
  mutation CheckIn($input: CheckInBusinessGoalInput!) {
    checkInBusinessGoal(input: $input) {
      ... on CheckInPayload {
        businessGoal {
          id
          ...BusinessFields
          ...GoalCheckIns
        }
      }
      ... on EditConflict {
        current {
          ... on BusinessGoal {
            id
            ...BusinessFields
          }
        }
      }
    }
  }
`);

const HEALTHS = ['ON_TRACK', 'AT_RISK', 'OFF_TRACK'] as const satisfies readonly GoalHealth[];
const CONFIDENCES = ['1', '2', '3', '4', '5'] as const;

/** Reports how a goal is going, with the values of what it measures. It cannot be changed afterwards, so it opens first. */
export function CheckInForm({ goal }: { readonly goal: BusinessFields }): ReactNode {
  const words = useWords();
  const { say } = words;
  const [isOpen, setOpen] = useState(false);
  const [text, setText, draft] = useDraft(`check-in:${goal.id}`, '');
  const [health, setHealth] = useState<GoalHealth>(goal.health ?? 'ON_TRACK');
  const [confidence, setConfidence] = useState<(typeof CONFIDENCES)[number]>('3');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const kept = useKept(`check-in-values:${goal.id}`);
  const [hasChanged, setChanged] = useState(false);
  const [checkIn, { isSaving, problem }] = useSave(CHECK_IN);
  const close = (): void => {
    setOpen(false);
    setValues({});
    kept.clear();
    setChanged(false);
  };
  const submit = async (event?: SubmitEvent): Promise<void> => {
    event?.preventDefault();
    if (isSaving) return;
    const currentValues = goal.keyResults
      .filter(({ id, current }) => (values[id] ?? '') !== '' && Number(values[id]) !== current)
      .map(({ id }) => ({ keyResultId: id, current: Number(values[id]) }));
    const result = (
      await checkIn({
        input: {
          id: goal.id,
          health,
          confidence: Number(confidence),
          text: text.trim() === '' ? null : text,
          ...(currentValues.length > 0 && { currentValues, version: goal.version }),
        },
      })
    )?.checkInBusinessGoal;
    if (result == null) return;
    if ('current' in result) {
      // The page shows the values that were saved in the meantime: what was typed stays beside them.
      if ('id' in result.current) readFragment(BUSINESS_FIELDS, result.current);
      setChanged(true);
      return;
    }
    draft.clear();
    close();
  };
  if (!isOpen && !draft.isKept) {
    return (
      <Button
        variant="default"
        onClick={() => {
          setOpen(true);
        }}
      >
        {say('business.checkIn')}
      </Button>
    );
  }
  return (
    <form className={classes['checkInForm']} onSubmit={(event) => void submit(event)}>
      <fieldset className={classes['choices']}>
        <legend>{say('business.health')}</legend>
        {HEALTHS.map((one) => (
          <Choice
            key={one}
            type="radio"
            name="health"
            label={say(`business.health.${one}`)}
            checked={health === one}
            onChange={() => {
              setHealth(one);
            }}
          />
        ))}
      </fieldset>
      <Segments
        title={say('business.howSure')}
        value={confidence}
        choose={setConfidence}
        choices={CONFIDENCES.map((value) => ({ value, label: value }))}
      />
      <KeptFields kept={kept}>
        {goal.keyResults.map(({ id, title, unit, current }) => (
          <Field key={id} name={id} label={say('business.now', { title, unit })}>
            {(control) => (
              <input
                {...control}
                className={`${control.className} ${classes['value'] ?? ''}`}
                type="number"
                step="any"
                value={values[id] ?? current.toString()}
                onChange={({ currentTarget }) => {
                  setValues({ ...values, [id]: currentTarget.value });
                }}
              />
            )}
          </Field>
        ))}
      </KeptFields>
      <Field label={say('business.happened')} error={wordField(problem, 'text', words)}>
        {(control) => <WritingArea {...control} value={text} setValue={setText} save={() => void submit()} />}
      </Field>
      {hasChanged && <p role="alert">{say('business.valuesChanged')}</p>}
      <ProblemNote problem={problem} shownFields={['text']} />
      <div className={classes['buttons']}>
        <Button type="submit" disabled={isSaving}>
          {say('business.checkInSave')}
        </Button>
        <QuietButton
          onClick={() => {
            draft.clear();
            close();
          }}
        >
          {say('cancel')}
        </QuietButton>
      </div>
      <p className={classes['soft']}>{say('business.checkInHint')}</p>
    </form>
  );
}
