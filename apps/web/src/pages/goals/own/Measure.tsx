import { lazy, Suspense, useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../../parts/Button.tsx';
import { Field, KeptFields } from '../../../parts/Field.tsx';
import { ProblemNote, wordField } from '../../../parts/ProblemNote.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import type { Outcome } from '../../../saving/useEdit.ts';
import { useKept } from '../../../saving/useKept.ts';
import { useWords } from '../../../words/words.tsx';
import { useGoalEdit, type GoalChanges, type GoalFields } from './goal-edit.ts';
import classes from './Journal.module.css';
import type { MeasuredValue } from './MeasureChart.tsx';
import pageClasses from './OwnGoal.module.css';

const MeasureChart = lazy(async () => ({ default: (await import('./MeasureChart.tsx')).MeasureChart }));

/** How the goal is measured, if it is. Nobody has to. */
export function Measure({
  goal,
  values,
}: {
  readonly goal: GoalFields;
  readonly values: readonly MeasuredValue[];
}): ReactNode {
  const { say, language } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [edit, saving] = useGoalEdit(goal);
  const [removed, setRemoved] = useState<GoalChanges['measure']>();
  const number = new Intl.NumberFormat(language);
  const { measure } = goal;
  const store = async (next: GoalChanges['measure']): Promise<Outcome> => {
    const outcome = await edit({ measure: next ?? null });
    if (outcome === 'saved') {
      setOpen(false);
      setRemoved(next == null && measure != null ? { ...withoutId(measure) } : undefined);
    }
    return outcome;
  };
  return (
    <div className={classes['measure']}>
      {measure != null && (
        <p>
          {say('goal.measure', {
            current: number.format(measure.current),
            start: number.format(measure.start),
            target: number.format(measure.target),
            unit: measure.unit,
          })}
        </p>
      )}
      {measure != null && values.length > 1 && (
        <Suspense fallback={<div className={classes['chart']} />}>
          <MeasureChart measure={measure} values={values} />
        </Suspense>
      )}
      {isOpen ? (
        <MeasureForm
          goalId={goal.id}
          measure={measure ?? undefined}
          store={store}
          close={() => {
            setOpen(false);
            saving.clear();
          }}
          problem={saving.problem}
        />
      ) : (
        <p className={pageClasses['soft']}>
          {removed != null && (
            <span role="status">
              {say('own.measureRemoved')}{' '}
              <QuietButton onClick={() => void store(removed)}>{say('undo')}</QuietButton>{' '}
            </span>
          )}
          {measure == null ? (
            <Button
              variant="default"
              onClick={() => {
                setOpen(true);
              }}
            >
              {say('own.measureAdd')}
            </Button>
          ) : (
            <QuietButton
              onClick={() => {
                setOpen(true);
              }}
            >
              {say('own.measureChange')}
            </QuietButton>
          )}
        </p>
      )}
    </div>
  );
}

const withoutId = ({ current, start, target, unit }: NonNullable<GoalFields['measure']>) => ({
  current,
  start,
  target,
  unit,
});

function MeasureForm({
  goalId,
  measure,
  store,
  close,
  problem,
}: {
  readonly goalId: string;
  readonly measure: GoalFields['measure'] | undefined;
  readonly store: (measure: GoalChanges['measure']) => Promise<Outcome>;
  readonly close: () => void;
  readonly problem: Parameters<typeof wordField>[0];
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const kept = useKept(`measure:${goalId}`);
  const send = async (next: GoalChanges['measure']): Promise<void> => {
    if ((await store(next)) === 'saved') kept.clear();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const textOf = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    void send({
      unit: textOf('unit'),
      start: Number(textOf('start')),
      target: Number(textOf('target')),
    });
  };
  return (
    <KeptFields kept={kept}>
      <form className={classes['measureForm']} onSubmit={submit}>
        <Field label={say('own.unit')} error={wordField(problem, 'measure.unit', words)}>
          {(control) => (
            <input
              {...control}
              name="unit"
              dir="auto"
              required
              maxLength={50}
              defaultValue={measure?.unit}
              autoFocus
            />
          )}
        </Field>
        <Field label={say('own.start')} error={wordField(problem, 'measure.start', words)}>
          {(control) => (
            <input
              {...control}
              name="start"
              type="number"
              step="any"
              required
              defaultValue={measure?.start ?? 0}
            />
          )}
        </Field>
        <Field label={say('own.target')} error={wordField(problem, 'measure.target', words)}>
          {(control) => (
            <input
              {...control}
              name="target"
              type="number"
              step="any"
              required
              defaultValue={measure?.target}
            />
          )}
        </Field>
        <div className={classes['buttons']}>
          <Button type="submit">{say('save')}</Button>
          <QuietButton
            onClick={() => {
              kept.clear();
              close();
            }}
          >
            {say('cancel')}
          </QuietButton>
          {measure != null && (
            <QuietButton onClick={() => void send(null)}>{say('own.measureRemove')}</QuietButton>
          )}
        </div>
        <ProblemNote problem={problem} shownFields={['measure.unit', 'measure.start', 'measure.target']} />
      </form>
    </KeptFields>
  );
}
