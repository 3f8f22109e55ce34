import { useNavigate } from '@tanstack/react-router';
import type { ReactNode, SubmitEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { Field } from '../../parts/Field.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Business.module.css';

const CREATE_BUSINESS_GOAL = graphql(`
  mutation CreateBusinessGoal($input: CreateBusinessGoalInput!) {
    createBusinessGoal(input: $input) {
      businessGoal {
        id
        ...BusinessNode
      }
    }
  }
`);

/** Writes a draft of a business goal, which only its author sees; its page has everything else. */
export function NewBusinessGoal({ cycleId }: { readonly cycleId: string }): ReactNode {
  const words = useWords();
  const { say } = words;
  const navigate = useNavigate();
  const [title, setTitle, draft] = useDraft('business-goal', '');
  const [create, { isSaving, problem }] = useSave(CREATE_BUSINESS_GOAL);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (title.trim() === '' || isSaving) return;
    const goal = (await create({ input: { title: title.trim(), cycleId } }))?.createBusinessGoal
      ?.businessGoal;
    if (goal == null) return;
    draft.clear();
    await navigate({ to: '/business/$goalId', params: { goalId: goal.id } });
  };
  return (
    <form className={classes['new']} onSubmit={(event) => void submit(event)}>
      <Field
        label={say('business.new')}
        hint={say('business.newHint')}
        error={wordField(problem, 'title', words)}
      >
        {(control) => (
          <input
            {...control}
            dir="auto"
            value={title}
            onChange={({ currentTarget }) => {
              setTitle(currentTarget.value);
            }}
          />
        )}
      </Field>
      <Button type="submit" variant="default" disabled={title.trim() === '' || isSaving}>
        {say('add')}
      </Button>
      <ProblemNote problem={problem} shownFields={['title']} />
    </form>
  );
}
