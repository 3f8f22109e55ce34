import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../../parts/Button.tsx';
import { today, useDates } from '../../../parts/dates.ts';
import { Choice, Field } from '../../../parts/Field.tsx';
import { ProblemNote, wordField } from '../../../parts/ProblemNote.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import { useWords } from '../../../words/words.tsx';
import classes from './OwnGoal.module.css';
import { useSharing, type GoalSharing, type Share } from './sharing-edit.ts';

/** One person with whom a goal is shared, or would be. */
export function ShareLine({
  goal,
  share,
  noteEnd,
  noteUndo,
}: {
  readonly goal: GoalSharing;
  readonly share: Share;
  readonly noteEnd: () => void;
  readonly noteUndo: () => void;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const sharing = useSharing(goal);
  const [isOpen, setOpen] = useState(false);
  const { id, state, with: person, expiresOn, includesPast, activeSince } = share;
  const { name } = person;

  const end = async (): Promise<void> => {
    // Before it is sent: the line stays.
    noteEnd();
    if (!(await sharing.end(id))) noteUndo();
  };
  const undo = async (): Promise<void> => {
    const isSaved = await sharing.share({
      personId: person.id,
      expiresOn: expiresOn ?? null,
      includePast: includesPast,
      ...(activeSince != null && { withoutWaiting: true }),
    });
    if (isSaved) noteUndo();
  };

  if (state === 'ENDED') {
    return (
      <p role="status" className={classes['soft']}>
        {say(activeSince == null ? 'own.withdrawn' : 'own.shareEnded', { name })}{' '}
        <QuietButton autoFocus onClick={() => void undo()}>
          {say('undo')}
        </QuietButton>
        <ProblemNote problem={sharing.problem} />
      </p>
    );
  }
  if (state === 'PENDING') {
    return (
      <>
        <p className={classes['soft']}>{say('goals.reader.waits', { names: name })}</p>
        <div className={classes['buttons']}>
          <QuietButton
            disabled={sharing.isSaving}
            onClick={() => void sharing.share({ personId: person.id, withoutWaiting: true })}
          >
            {say('own.shareNow')}
          </QuietButton>
          <QuietButton disabled={sharing.isSaving} onClick={() => void end()}>
            {say('own.withdraw')}
          </QuietButton>
        </div>
        <ProblemNote problem={sharing.problem} />
      </>
    );
  }
  const terms = [
    activeSince != null && say('own.since', { day: dates.date(activeSince) }),
    expiresOn != null && say('own.until', { day: dates.date(expiresOn) }),
    includesPast && say('own.withPast'),
  ].filter((term) => term !== false);
  return (
    <>
      <p>{name}</p>
      <p className={classes['soft']}>{terms.join(', ')}</p>
      {isOpen ? (
        <ShareTerms
          goal={goal}
          share={share}
          close={() => {
            setOpen(false);
          }}
        />
      ) : (
        <div className={classes['buttons']}>
          <QuietButton
            aria-label={`${say('own.editShare')}: ${name}`}
            onClick={() => {
              setOpen(true);
            }}
          >
            {say('own.editShare')}
          </QuietButton>
          <QuietButton
            aria-label={`${say('own.end')}: ${name}`}
            disabled={sharing.isSaving}
            onClick={() => void end()}
          >
            {say('own.end')}
          </QuietButton>
        </div>
      )}
      <ProblemNote problem={sharing.problem} />
    </>
  );
}

/** Until when somebody can read the goal, and how much of it. */
function ShareTerms({
  goal,
  share,
  close,
}: {
  readonly goal: GoalSharing;
  readonly share: Share;
  readonly close: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const { share: save, problem, isSaving } = useSharing(goal);
  const [until, setUntil] = useState(share.expiresOn ?? '');
  const [includePast, setIncludePast] = useState(share.includesPast);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (await save({ personId: share.with.id, expiresOn: until === '' ? null : until, includePast })) close();
  };
  return (
    <form className={classes['terms']} onSubmit={(event) => void submit(event)}>
      <Field label={say('own.lastDay')} error={wordField(problem, 'expiresOn', words)}>
        {(control) => (
          <input
            {...control}
            type="date"
            autoFocus
            min={today()}
            value={until}
            onChange={({ currentTarget }) => {
              setUntil(currentTarget.value);
            }}
          />
        )}
      </Field>
      <Choice
        type="checkbox"
        label={say('own.includePast')}
        checked={includePast}
        onChange={setIncludePast}
      />
      <div className={classes['buttons']}>
        <Button type="submit" disabled={isSaving}>
          {say('save')}
        </Button>
        <QuietButton onClick={close}>{say('cancel')}</QuietButton>
      </div>
      <ProblemNote problem={problem} shownFields={['expiresOn']} />
    </form>
  );
}
