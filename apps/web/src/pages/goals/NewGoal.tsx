import { useNavigate } from '@tanstack/react-router';
import type { ReactNode, SubmitEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { Field } from '../../parts/Field.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Goals.module.css';
import { MY_GOALS } from './my-goals.ts';

const CREATE_GOAL = graphql(`
  mutation CreateGoal($input: CreatePersonalGoalInput!) {
    createPersonalGoal(input: $input) {
      personalGoal {
        id
        ...GoalCard
      }
    }
  }
`);

/** Writes a goal down: one line is enough, and it is private. Its page has everything else. */
export function NewGoal(): ReactNode {
  const words = useWords();
  const { say } = words;
  const navigate = useNavigate();
  const [title, setTitle, draft] = useDraft('goal', '');
  const [create, { isSaving, problem }] = useSave(CREATE_GOAL, {
    update: (cache, { data }) => {
      const goal = data?.createPersonalGoal?.personalGoal;
      if (goal === undefined) return;
      cache.updateQuery({ query: MY_GOALS }, (present) => {
        if (present?.viewer == null) return undefined;
        const { viewer } = present;
        const { person } = viewer;
        const nodes = [goal, ...person.personalGoals.nodes];
        return {
          ...present,
          viewer: { ...viewer, person: { ...person, personalGoals: { ...person.personalGoals, nodes } } },
        };
      });
    },
  });
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (isSaving) return;
    if (title.trim() === '') {
      event.currentTarget.querySelector('input')?.focus();
      return;
    }
    const created = (await create({ input: { title: title.trim() } }))?.createPersonalGoal;
    if (created == null) return;
    draft.clear();
    await navigate({
      to: '/goals/$goalId',
      params: { goalId: created.personalGoal.id },
      search: (known) => ('shareWith' in known ? { shareWith: known.shareWith } : {}),
    });
  };
  return (
    <form className={classes['new']} onSubmit={(event) => void submit(event)}>
      <Field label={say('goals.new')} error={wordField(problem, 'title', words)}>
        {(control) => (
          <input
            {...control}
            className={`${control.className} ${classes['newTitle'] ?? ''}`}
            dir="auto"
            placeholder={say('goals.newHint')}
            value={title}
            onChange={({ currentTarget }) => {
              setTitle(currentTarget.value);
            }}
          />
        )}
      </Field>
      <Button type="submit" disabled={isSaving}>
        {say('goals.create')}
      </Button>
      <ProblemNote problem={problem} shownFields={['title']} />
    </form>
  );
}
