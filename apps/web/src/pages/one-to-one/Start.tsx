import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { clockOf } from './rhythm.ts';
import { inputOf, RhythmFields, type Choice } from './RhythmFields.tsx';
import classes from './OneToOne.module.css';

const START = graphql(`
  mutation StartOneToOne($input: StartOneToOneInput!) {
    startOneToOne(input: $input) {
      __typename
      ... on OneToOnePayload {
        oneToOne {
          id
        }
      }
      ... on OneToOneExists {
        oneToOne {
          id
        }
      }
    }
  }
`);

/** Starts a one-to-one with somebody: at once within a reporting line, otherwise the other person is invited. */
export function Start({
  person,
  timeZone,
  again = false,
}: {
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly leftOn?: string | null | undefined;
  };
  /** Of the viewer. */
  readonly timeZone: string;
  /** After an earlier one has ended: below it, not instead of it. */
  readonly again?: boolean;
}): ReactNode {
  const { say } = useWords();
  const [choice, setChoice] = useState<Choice>(() => ({
    rhythm: 'two-weeks',
    day: clockOf(new Date(Date.now() + 86_400_000).toISOString(), timeZone).day,
    time: '10:00',
    minutes: 30,
    timeZone,
  }));
  const [start, { isSaving, problem }] = useSave(START, { refetch: ['OneToOnePage'] });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void start({ input: { personId: person.id, ...inputOf(choice) } });
  };
  const Heading = again ? 'h2' : 'h1';
  return (
    <section className={classes['start']}>
      <Heading className={classes[again ? 'sectionTitle' : 'title']}>
        {say(again ? 'start.again' : 'start.title', { name: person.name })}
      </Heading>
      {person.leftOn == null ? (
        <>
          <p className={classes['lead']}>{say('start.text', { name: person.name })}</p>
          <form className={classes['form']} onSubmit={submit}>
            <RhythmFields choice={choice} onChange={setChoice} />
            <Button type="submit" disabled={isSaving}>
              {say('start.start')}
            </Button>
          </form>
          <ProblemNote problem={problem} />
        </>
      ) : (
        <p className={classes['lead']}>{say('start.left', { name: person.name })}</p>
      )}
    </section>
  );
}
