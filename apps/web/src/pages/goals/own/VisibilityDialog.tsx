import { useState, type ReactNode, type SubmitEvent } from 'react';
import { today } from '../../../parts/dates.ts';
import { Button } from '../../../parts/Button.tsx';
import type { GoalVisibility } from '../../../graphql/graphql.ts';
import { Choice, Field } from '../../../parts/Field.tsx';
import { Dialog, DialogButtons } from '../../../parts/Dialog.tsx';
import { PersonPicker, type Picked } from '../../../parts/PersonPicker.tsx';
import { ProblemNote, wordField } from '../../../parts/ProblemNote.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import { useWords } from '../../../words/words.tsx';
import { useSharing, type GoalSharing } from './sharing-edit.ts';
import classes from './VisibilityDialog.module.css';
import { WhoWouldRead } from './WhoWouldRead.tsx';

const VISIBILITIES = ['PRIVATE', 'SHARED', 'ORGANIZATION'] as const satisfies readonly GoalVisibility[];

/** Chooses who can read a goal. It says who that would be, and what that means, before anything is saved. */
export function VisibilityDialog({
  goal,
  shareWith,
  close,
}: {
  readonly goal: GoalSharing;
  /** With whom the viewer came here to share it. */
  readonly shareWith?: Picked | undefined;
  readonly close: () => void;
}): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const { setVisibility, share, isSaving, problem } = useSharing(goal);
  const live = (goal.ownerView?.allShares.nodes ?? []).filter(({ state }) => state !== 'ENDED');
  // Who can read it already needs no share.
  const isNew =
    shareWith !== undefined &&
    goal.visibility !== 'ORGANIZATION' &&
    !live.some((one) => one.with.id === shareWith.id);
  const [chosen, setChosen] = useState<GoalVisibility>(isNew ? 'SHARED' : goal.visibility);
  const [people, setPeople] = useState<readonly Picked[]>(isNew ? [shareWith] : []);
  const [until, setUntil] = useState('');
  const [includePast, setIncludePast] = useState(false);
  const [unwaiting, setUnwaiting] = useState<readonly string[]>([]);
  const namesNobody = chosen === 'SHARED' && live.length === 0 && people.length === 0;
  const endsShares = chosen === 'PRIVATE' && live.length > 0;
  const names = (of: readonly string[]): string =>
    new Intl.ListFormat(language === 'en' ? 'en-GB' : language).format(of);

  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (namesNobody || isSaving) return;
    // A first share makes a private goal shared by itself.
    const isByShare = chosen === 'SHARED' && goal.visibility === 'PRIVATE';
    if (chosen !== goal.visibility && !isByShare && !(await setVisibility(chosen))) return;
    for (const person of chosen === 'SHARED' ? people : []) {
      const isSaved = await share({
        personId: person.id,
        expiresOn: until === '' ? null : until,
        includePast,
        withoutWaiting: unwaiting.includes(person.id),
      });
      if (!isSaved) return;
      setPeople((left) => left.filter(({ id }) => id !== person.id));
    }
    close();
  };

  return (
    <Dialog title={say('own.whoMayRead')} close={close}>
      <form className={classes['form']} onSubmit={(event) => void save(event)}>
        <fieldset className={classes['choices']}>
          <legend className={classes['hidden']}>{say('goal.readers')}</legend>
          {VISIBILITIES.map((visibility) => (
            <Choice
              key={visibility}
              type="radio"
              name="visibility"
              label={say(`own.choose.${visibility}`)}
              // Who would read it is the next thing to see, so that only what is chosen is explained.
              hint={chosen === visibility ? say(`own.chooseHint.${visibility}`) : undefined}
              checked={chosen === visibility}
              onChange={() => {
                setChosen(visibility);
              }}
            />
          ))}
        </fieldset>
        {chosen === 'SHARED' && (
          <div className={classes['people']}>
            <PersonPicker
              label={say('own.sharePerson')}
              placeholder={say('own.sharePersonHint')}
              offersNear
              without={[...live.map((one) => one.with.id), ...people.map(({ id }) => id)]}
              pick={(person) => {
                setPeople((chosenPeople) => [...chosenPeople, person]);
              }}
            />
            {people.length > 0 && (
              <ul className={classes['chosen']}>
                {people.map(({ id, name }) => (
                  <li key={id}>
                    {name}{' '}
                    <QuietButton
                      aria-label={`${say('own.notPerson')}: ${name}`}
                      onClick={() => {
                        setPeople((list) => list.filter((one) => one.id !== id));
                      }}
                    >
                      {say('own.notPerson')}
                    </QuietButton>
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
        <WhoWouldRead
          goalId={goal.id}
          visibility={chosen}
          added={chosen === 'SHARED' ? people : []}
          until={until}
          unwaiting={unwaiting}
          setUnwaiting={setUnwaiting}
        />
        {chosen === 'SHARED' && people.length > 0 && (
          <>
            <Field
              label={say('own.lastDay')}
              hint={say('own.lastDayHint')}
              error={wordField(problem, 'expiresOn', words)}
            >
              {(control) => (
                <input
                  {...control}
                  type="date"
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
              hint={say('own.includePastHint')}
              checked={includePast}
              onChange={setIncludePast}
            />
          </>
        )}
        {endsShares && (
          <p className={classes['strong']}>
            {say('own.endsShares', { names: names(live.map((one) => one.with.name)) })}
          </p>
        )}
        {namesNobody && <p className={classes['soft']}>{say('own.nameSomebody')}</p>}
        <ProblemNote problem={problem} shownFields={['expiresOn']} />
        <DialogButtons>
          <Button type="submit" disabled={namesNobody || isSaving}>
            {say('save')}
          </Button>
          <Button variant="default" onClick={close}>
            {say('cancel')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
