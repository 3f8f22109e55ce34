import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Field, KeptFields } from '../../parts/Field.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { UndoLine } from '../../parts/UndoLine.tsx';
import { Written } from '../../parts/Written.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Business.module.css';
import { useBusinessEdit, type BusinessFields } from './goal-edit.ts';

type KeyResult = BusinessFields['keyResults'][number];

/** What is measured: a plain bar, and its numbers beside it, which say the same. */
export function KeyResults({ goal }: { readonly goal: BusinessFields }): ReactNode {
  const { say } = useWords();
  const { setKeyResults, problem } = useBusinessEdit(goal);
  const [open, setOpen] = useState<string>();
  const [going, setGoing] = useState<readonly string[]>([]);
  const close = (): void => {
    setOpen(undefined);
  };
  const stay = (id: string): void => {
    setGoing((ids) => ids.filter((one) => one !== id));
  };
  return (
    <section aria-labelledby="key-results">
      <h2 id="key-results">{say('business.keyResults')}</h2>
      {goal.keyResults.length === 0 && <p className={classes['soft']}>{say('business.noKeyResults')}</p>}
      <ul className={classes['list']}>
        {goal.keyResults.map((keyResult) => (
          <li key={keyResult.id}>
            {going.includes(keyResult.id) ? (
              <UndoLine
                text={say('business.keyResultDeleted', { title: keyResult.title })}
                undo={() => {
                  stay(keyResult.id);
                }}
                finish={() => {
                  void setKeyResults((list) => list.filter(({ id }) => id !== keyResult.id)).then(() => {
                    stay(keyResult.id);
                  });
                }}
              />
            ) : open === keyResult.id ? (
              <KeyResultForm
                goal={goal}
                keyResult={keyResult}
                close={close}
                remove={() => {
                  close();
                  setGoing((ids) => [...ids, keyResult.id]);
                }}
              />
            ) : (
              <Bar
                keyResult={keyResult}
                {...(goal.viewerCanEdit && {
                  edit: () => {
                    setOpen(keyResult.id);
                  },
                })}
              />
            )}
          </li>
        ))}
      </ul>
      {goal.viewerCanEdit &&
        (open === 'new' ? (
          <KeyResultForm goal={goal} close={close} />
        ) : (
          <QuietButton
            onClick={() => {
              setOpen('new');
            }}
          >
            {say('business.addKeyResult')}
          </QuietButton>
        ))}
      <ProblemNote problem={problem} />
    </section>
  );
}

function Bar({
  keyResult: { title, unit, start, target, current, progress },
  edit,
}: {
  readonly keyResult: KeyResult;
  readonly edit?: () => void;
}): ReactNode {
  const { say, language } = useWords();
  const number = new Intl.NumberFormat(language);
  const withUnit = (value: number): string => `${number.format(value)}\u00a0${unit}`;
  return (
    <div className={classes['keyResult']}>
      <div className={classes['keyResultTitle']}>
        <Written as="p">{title}</Written>
        {edit !== undefined && (
          <QuietButton aria-label={`${say('edit')}: ${title}`} onClick={edit}>
            {say('edit')}
          </QuietButton>
        )}
      </div>
      <div className={classes['bar']} aria-hidden="true">
        <div style={{ width: `${progress * 100}%` }} />
      </div>
      <p className={classes['soft']}>
        {say('business.numbers', {
          // A percent sign belongs to each number; other units are said once.
          start: unit === '%' ? withUnit(start) : number.format(start),
          current: unit === '%' ? withUnit(current) : number.format(current),
          target: withUnit(target),
        })}
      </p>
    </div>
  );
}

function KeyResultForm({
  goal,
  keyResult,
  close,
  remove,
}: {
  readonly goal: BusinessFields;
  readonly keyResult?: KeyResult;
  readonly close: () => void;
  readonly remove?: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const { setKeyResults, problem, isSaving } = useBusinessEdit(goal);
  const kept = useKept(`key-result:${keyResult?.id ?? `new:${goal.id}`}`);
  const leave = (): void => {
    kept.clear();
    close();
  };
  const at = keyResult === undefined ? goal.keyResults.length : goal.keyResults.indexOf(keyResult);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const typed = {
      title: text('title'),
      unit: text('unit'),
      start: Number(text('start')),
      target: Number(text('target')),
      ...(text('current') !== '' && { current: Number(text('current')) }),
    };
    const outcome = await setKeyResults((list) =>
      keyResult === undefined
        ? [...list, typed]
        : list.map((one) => (one.id === keyResult.id ? { id: keyResult.id, ...typed } : one)),
    );
    if (outcome === 'saved') leave();
  };
  const numbers = ['start', 'target', 'current'] as const;
  return (
    <KeptFields kept={kept}>
      <form className={classes['keyResultForm']} onSubmit={(event) => void submit(event)}>
        <Field label={say('business.kr.title')} error={wordField(problem, `keyResults.${at}.title`, words)}>
          {(control) => (
            <input {...control} name="title" dir="auto" required autoFocus defaultValue={keyResult?.title} />
          )}
        </Field>
        <Field label={say('business.kr.unit')} error={wordField(problem, `keyResults.${at}.unit`, words)}>
          {(control) => <input {...control} name="unit" dir="auto" required defaultValue={keyResult?.unit} />}
        </Field>
        {numbers.map((name) => (
          <Field
            key={name}
            label={say(`business.kr.${name}`)}
            error={wordField(problem, `keyResults.${at}.${name}`, words)}
          >
            {(control) => (
              <input
                {...control}
                name={name}
                type="number"
                step="any"
                required={name !== 'current'}
                defaultValue={keyResult?.[name]}
              />
            )}
          </Field>
        ))}
        <div className={classes['buttons']}>
          <Button type="submit" disabled={isSaving}>
            {say('save')}
          </Button>
          <QuietButton onClick={leave}>{say('cancel')}</QuietButton>
          {remove !== undefined && <QuietButton onClick={remove}>{say('delete')}</QuietButton>}
        </div>
        <ProblemNote
          problem={problem}
          shownFields={['title', 'unit', ...numbers].map((name) => `keyResults.${at}.${name}`)}
        />
      </form>
    </KeptFields>
  );
}
