import { useState, type ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { PersonPicker, type Picked } from '../../parts/PersonPicker.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Business.module.css';
import { useBusinessEdit, type BusinessFields } from './goal-edit.ts';

const ASSIGN = graphql(`
  mutation AssignBusinessGoal($input: AssignBusinessGoalInput!) {
    assignBusinessGoal(input: $input) {
      businessGoal {
        id
        ...BusinessFields
      }
    }
  }
`);

/** Who owns a business goal and who works on it, and what each of them may do. */
export function People({ goal }: { readonly goal: BusinessFields }): ReactNode {
  const { say } = useWords();
  const { edit, problem } = useBusinessEdit(goal);
  const [assign, assigning] = useSave(ASSIGN);
  const [removed, setRemoved] = useState<Picked>();
  const [isHandingOn, setHandingOn] = useState(false);
  const assignees = goal.assignees.nodes;
  const add = async ({ id }: Picked): Promise<void> => {
    if ((await assign({ input: { id: goal.id, addPersonIds: [id] } }))?.assignBusinessGoal != null) {
      setRemoved(undefined);
    }
  };
  const remove = async (person: Picked): Promise<void> => {
    if (
      (await assign({ input: { id: goal.id, removePersonIds: [person.id] } }))?.assignBusinessGoal != null
    ) {
      setRemoved(person);
    }
  };
  return (
    <section className={classes['panel']} aria-labelledby="people">
      <h2 id="people">{say('business.people')}</h2>
      <p>{say(goal.viewerCanEdit ? 'business.youEdit' : 'business.ownerEdits', { name: goal.owner.name })}</p>
      <ul className={classes['people']} aria-label={say('business.assignees')}>
        {assignees.map((person) => (
          <li key={person.id}>
            <bdi>{person.name}</bdi>
            {goal.viewerCanEdit && (
              <QuietButton
                aria-label={`${say('business.remove')}: ${person.name}`}
                disabled={assigning.isSaving}
                onClick={() => void remove(person)}
              >
                {say('business.remove')}
              </QuietButton>
            )}
          </li>
        ))}
      </ul>
      <p className={classes['soft']}>
        {say(assignees.length === 0 ? 'business.noAssignees' : 'business.assigneesCheckIn')}
      </p>
      {removed !== undefined && (
        <p role="status" className={classes['soft']}>
          {say('business.removed', { name: removed.name })}{' '}
          <QuietButton autoFocus onClick={() => void add(removed)}>
            {say('undo')}
          </QuietButton>
        </p>
      )}
      {goal.viewerCanEdit && (
        <>
          <PersonPicker
            label={say('business.assign')}
            without={assignees.map(({ id }) => id)}
            pick={(person) => void add(person)}
          />
          {isHandingOn ? (
            <PersonPicker
              label={say('business.handOnTo')}
              hint={say('business.handOnHint')}
              without={[goal.owner.id]}
              pick={({ id }) => {
                setHandingOn(false);
                void edit({ ownerId: id });
              }}
            />
          ) : (
            <div>
              <QuietButton
                onClick={() => {
                  setHandingOn(true);
                }}
              >
                {say('business.handOn')}
              </QuietButton>
            </div>
          )}
        </>
      )}
      <ProblemNote problem={problem ?? assigning.problem} />
    </section>
  );
}
