import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { GoalPartsFragment } from '../../../graphql/graphql.ts';
import { readFragment, type FragmentType } from '../../../graphql/index.ts';
import {
  DELETE_ALIGNMENT,
  GOAL_PARTS,
  PLACE_BUSINESS_GOAL,
  UPDATE_ALIGNMENT,
} from '../../../parts/alignments.ts';
import { EditInPlace } from '../../../parts/EditInPlace.tsx';
import { Markdown } from '../../../parts/Markdown.tsx';
import { ProblemNote, wordField } from '../../../parts/ProblemNote.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import { Written } from '../../../parts/Written.tsx';
import { evict } from '../../../saving/evict.ts';
import { useSave } from '../../../saving/useSave.ts';
import { useWords } from '../../../words/words.tsx';
import classes from './OwnGoal.module.css';
import { ANSWER_ALIGNMENT } from './parts-edit.ts';

const PlaceForm = lazy(async () => ({ default: (await import('./PlaceForm.tsx')).PlaceForm }));

type Part = GoalPartsFragment['alignments'][number];

/** The business goals that are part of a goal, how they serve it, and what others propose. */
export function Parts({ goal: reference }: { readonly goal: FragmentType<typeof GOAL_PARTS> }): ReactNode {
  const { say } = useWords();
  const goal = readFragment(GOAL_PARTS, reference);
  const [taken, setTaken] = useState<Part>();
  const [isOpen, setOpen] = useState(false);
  const [remove, removing] = useSave(DELETE_ALIGNMENT, {
    update: (cache, { data }) => {
      evict(cache, 'Alignment', data?.deleteAlignment);
    },
  });
  const [place, placing] = useSave(PLACE_BUSINESS_GOAL);
  const takeOut = async (part: Part): Promise<void> => {
    if ((await remove({ input: { id: part.id } }))?.deleteAlignment != null) setTaken(part);
  };
  const putBack = async ({ businessGoal, how }: Part): Promise<void> => {
    if (businessGoal == null) return;
    const input = { businessGoalId: businessGoal.id, personalGoalId: goal.id, how: how ?? null };
    if ((await place({ input }))?.placeBusinessGoal != null) setTaken(undefined);
  };
  const placed = goal.alignments.filter(({ state }) => state === 'PLACED');
  return (
    <section aria-labelledby="business">
      <h2 id="business">{say('goal.businessGoals')}</h2>
      {placed.length === 0 && <p className={classes['soft']}>{say('own.beyondWork')}</p>}
      <ul className={classes['list']}>
        {placed.map((part) => (
          <li key={part.id} className={classes['business']}>
            <Placed part={part} takeOut={() => void takeOut(part)} />
          </li>
        ))}
        {goal.alignments
          .filter(({ state }) => state === 'PROPOSED')
          .map((part) => (
            <li key={part.id} className={classes['business']}>
              <Proposed part={part} />
            </li>
          ))}
      </ul>
      {taken !== undefined && (
        <p role="status" className={classes['soft']}>
          {say('own.takenOut', { title: taken.businessGoal?.title ?? '' })}{' '}
          <QuietButton autoFocus onClick={() => void putBack(taken)}>
            {say('undo')}
          </QuietButton>
        </p>
      )}
      <ProblemNote problem={removing.problem ?? placing.problem} />
      {isOpen ? (
        <Suspense>
          <PlaceForm
            goalId={goal.id}
            without={placed.flatMap(({ businessGoal }) => (businessGoal == null ? [] : [businessGoal.id]))}
            close={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      ) : (
        <QuietButton
          onClick={() => {
            setOpen(true);
          }}
        >
          {say('own.place')}
        </QuietButton>
      )}
    </section>
  );
}

function Placed({ part, takeOut }: { readonly part: Part; readonly takeOut: () => void }): ReactNode {
  const words = useWords();
  const { say } = words;
  const [update, { problem }] = useSave(UPDATE_ALIGNMENT);
  const how = part.how ?? '';
  const title = part.businessGoal?.title ?? '';
  return (
    <>
      <p>
        <Written>{title}</Written>{' '}
        <QuietButton aria-label={`${say('own.takeOut')}: ${title}`} onClick={takeOut}>
          {say('own.takeOut')}
        </QuietButton>
      </p>
      <EditInPlace
        label={say('own.how')}
        value={how}
        draftKey={`how:${part.id}`}
        store={async (text) => {
          const input = { id: part.id, how: text.trim() === '' ? null : text };
          return (await update({ input }))?.updateAlignment == null ? 'failed' : 'saved';
        }}
        problem={problem}
        error={wordField(problem, 'how', words)}
      >
        {how === '' ? (
          <p className={classes['soft']}>{say('own.how')}</p>
        ) : (
          <Written as="div">
            <Markdown text={how} />
          </Written>
        )}
      </EditInPlace>
    </>
  );
}

/** What somebody else proposes to be part of the goal. Declining looks to them as if nothing was answered. */
function Proposed({ part: { id, how, proposedBy, businessGoal } }: { readonly part: Part }): ReactNode {
  const { say } = useWords();
  const [answer, { problem, isSaving }] = useSave(ANSWER_ALIGNMENT);
  const title = businessGoal?.title ?? '';
  return (
    <>
      <p className={classes['soft']}>{say('own.proposedBy', { name: proposedBy.name })}</p>
      <Written as="p">{title}</Written>
      {how != null && (
        <Written as="div">
          <Markdown text={how} />
        </Written>
      )}
      <div className={classes['buttons']}>
        <QuietButton
          aria-label={`${say('own.accept')}: ${title}`}
          disabled={isSaving}
          onClick={() => void answer({ input: { id, answer: 'ACCEPT' } })}
        >
          {say('own.accept')}
        </QuietButton>
        <QuietButton
          aria-label={`${say('own.decline')}: ${title}`}
          disabled={isSaving}
          onClick={() => void answer({ input: { id, answer: 'DECLINE' } })}
        >
          {say('own.decline')}
        </QuietButton>
      </div>
      <p className={classes['soft']}>{say('own.declineHint', { name: proposedBy.name })}</p>
      <ProblemNote problem={problem} />
    </>
  );
}
