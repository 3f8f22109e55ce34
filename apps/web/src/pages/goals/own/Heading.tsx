import type { ReactNode } from 'react';
import { EditInPlace } from '../../../parts/EditInPlace.tsx';
import { Markdown } from '../../../parts/Markdown.tsx';
import { wordField } from '../../../parts/ProblemNote.tsx';
import { Written } from '../../../parts/Written.tsx';
import { useWords } from '../../../words/words.tsx';
import { useGoalEdit, type GoalFields } from './goal-edit.ts';
import classes from './OwnGoal.module.css';

export function Title({ goal }: { readonly goal: GoalFields }): ReactNode {
  const words = useWords();
  const [edit, { problem }] = useGoalEdit(goal);
  return (
    <EditInPlace
      label={words.say('own.title')}
      value={goal.title}
      draftKey={`goal-title:${goal.id}`}
      store={(text) => edit({ title: text.trim() })}
      problem={problem}
      error={wordField(problem, 'title', words)}
      isOneLine
      size="title"
    >
      <Written as="h1" size="title">
        {goal.title}
      </Written>
    </EditInPlace>
  );
}

export function Why({ goal }: { readonly goal: GoalFields }): ReactNode {
  const words = useWords();
  const { say } = words;
  const [edit, { problem }] = useGoalEdit(goal);
  const why = goal.why ?? '';
  return (
    <section aria-labelledby="why">
      <h2 id="why">{say('goal.why')}</h2>
      <EditInPlace
        label={say('goal.why')}
        value={why}
        draftKey={`goal-why:${goal.id}`}
        store={(text) => edit({ why: text.trim() === '' ? null : text })}
        problem={problem}
        error={wordField(problem, 'why', words)}
      >
        {why === '' ? (
          <p className={classes['soft']}>{say('own.whyEmpty')}</p>
        ) : (
          <Written as="div">
            <Markdown text={why} />
          </Written>
        )}
      </EditInPlace>
    </section>
  );
}
