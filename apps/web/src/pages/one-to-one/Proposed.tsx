import type { ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './OneToOne.module.css';
import { wordRule } from './rhythm.ts';

const PAIR_PROPOSAL = graphql(`
  fragment PairProposal on OneToOne {
    id
    recurrence
    startsAt
    durationMinutes
    startedBy {
      id
    }
  }
`);

const ACCEPT = graphql(`
  mutation AcceptOneToOne($input: AcceptOneToOneInput!) {
    acceptOneToOne(input: $input) {
      oneToOne {
        id
        state
      }
    }
  }
`);

const DECLINE = graphql(`
  mutation DeclineOneToOne($input: DeclineOneToOneInput!) {
    declineOneToOne(input: $input) {
      deletedId
    }
  }
`);

/** A one-to-one that one of the two has proposed, and that the other has not answered. */
export function Proposed({
  oneToOne: reference,
  viewerId,
  person: { name },
}: {
  readonly oneToOne: FragmentType<typeof PAIR_PROPOSAL>;
  readonly viewerId: string;
  readonly person: { readonly name: string };
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const dates = useDates();
  const { id, recurrence, startsAt, durationMinutes, startedBy } = readFragment(PAIR_PROPOSAL, reference);
  const [accept, accepting] = useSave(ACCEPT, { refetch: ['OneToOnePage'] });
  const [decline, declining] = useSave(DECLINE, { refetch: ['OneToOnePage'] });
  const isMine = startedBy.id === viewerId;
  const often =
    recurrence == null ? say('rhythm.none') : (wordRule(recurrence, words) ?? say('rhythm.other'));
  const at =
    startsAt == null ? '' : say('proposed.from', { day: dates.date(startsAt), time: dates.time(startsAt) });
  return (
    <section className={classes['start']}>
      <h1 className={classes['title']}>{say(isMine ? 'proposed.mine' : 'proposed.theirs', { name })}</h1>
      <p className={classes['lead']}>
        {[often, at, say('head.minutes', { minutes: durationMinutes })]
          .filter((part) => part !== '')
          .join(' ')}
      </p>
      {isMine ? (
        <p className={classes['lead']}>{say('proposed.waits', { name })}</p>
      ) : (
        <>
          <p className={classes['lead']}>{say('proposed.text', { name })}</p>
          <p className={classes['actions']}>
            <Button disabled={accepting.isSaving} onClick={() => void accept({ input: { id } })}>
              {say('proposed.accept')}
            </Button>
            <Button
              variant="default"
              disabled={declining.isSaving}
              onClick={() => void decline({ input: { id } })}
            >
              {say('proposed.decline')}
            </Button>
          </p>
        </>
      )}
      <ProblemNote problem={accepting.problem ?? declining.problem} />
    </section>
  );
}
