import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import type { GoalVisibility } from '../../../graphql/graphql.ts';
import { useDates } from '../../../parts/dates.ts';
import { Choice } from '../../../parts/Field.tsx';
import type { Picked } from '../../../parts/PersonPicker.tsx';
import { ProblemNote } from '../../../parts/ProblemNote.tsx';
import { problemOf } from '../../../saving/problem.ts';
import { useWords } from '../../../words/words.tsx';
import { WHO_WOULD_READ } from './sharing-edit.ts';
import classes from './VisibilityDialog.module.css';

/** Everybody who could read a goal after a change that is not saved yet, as the service says. */
export function WhoWouldRead({
  goalId,
  visibility,
  added,
  until,
  unwaiting,
  setUnwaiting,
}: {
  readonly goalId: string;
  readonly visibility: GoalVisibility;
  readonly added: readonly Picked[];
  /** The last day that is chosen for the people who are added. Empty for none. */
  readonly until: string;
  /** The ids of those for whom the owner does not want to wait. */
  readonly unwaiting: readonly string[];
  readonly setUnwaiting: (ids: readonly string[]) => void;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const addedIds = added.map(({ id }) => id);
  const { data, previousData, error } = useQuery(WHO_WOULD_READ, {
    variables: { goalId, visibility, personIds: addedIds },
    fetchPolicy: 'network-only',
  });
  const members = (data ?? previousData)?.whoWouldSee ?? [];
  const lastDayOf = (id: string | undefined, known: string | null | undefined): string | undefined =>
    id !== undefined && addedIds.includes(id) && until !== '' && (known == null || until < known)
      ? until
      : (known ?? undefined);

  return (
    <section className={classes['who']} aria-live="polite" aria-busy={data === undefined}>
      <h3>{say('own.whoWould')}</h3>
      <ul>
        {members.map(({ id, person, basis, lastDay, waits }) => {
          const last = lastDayOf(person?.id, lastDay);
          const name = person?.name ?? '';
          return (
            <li key={id}>
              {waits && person != null ? (
                <>
                  <p>{say(unwaiting.includes(person.id) ? 'own.wouldNotWait' : 'own.wouldWait', { name })}</p>
                  {addedIds.includes(person.id) && (
                    <Choice
                      type="checkbox"
                      label={say('own.shareNow')}
                      checked={unwaiting.includes(person.id)}
                      onChange={(isChecked) => {
                        setUnwaiting(
                          isChecked
                            ? [...unwaiting, person.id]
                            : unwaiting.filter((one) => one !== person.id),
                        );
                      }}
                    />
                  )}
                </>
              ) : (
                <>
                  {person == null
                    ? say('goals.reader.everyone')
                    : basis === 'OWNER'
                      ? say('goals.reader.you')
                      : name}
                  {last !== undefined && `, ${say('own.until', { day: dates.date(last) })}`}
                </>
              )}
            </li>
          );
        })}
      </ul>
      <ProblemNote problem={error && problemOf(error)} />
    </section>
  );
}
