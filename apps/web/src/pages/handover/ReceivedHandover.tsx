import type { ApolloCache } from '@apollo/client';
import { useId, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { Written } from '../../parts/Written.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Handovers.module.css';

const RECEIVED_HANDOVER = graphql(`
  fragment ReceivedHandover on Handover {
    id
    openedOn
    from {
      id
      name
    }
    person {
      id
      name
      oneToOne {
        id
      }
    }
    offered {
      id
      text
      dueOn
      adopted {
        id
      }
    }
    offeredMandates {
      id
      text
      lastDay
      granted {
        id
      }
    }
  }
`);

const ADOPT = graphql(`
  mutation AdoptActionItem($input: AdoptActionItemInput!) {
    adoptActionItem(input: $input) {
      actionItem {
        id
      }
    }
  }
`);

const GRANT = graphql(`
  mutation GrantOfferedMandate($input: GrantMandateInput!) {
    grantMandate(input: $input) {
      mandate {
        id
      }
    }
  }
`);

/** What a person offers their new manager, who can promise and grant it, or leave it. */
export function ReceivedHandover({
  handover: reference,
}: {
  readonly handover: FragmentType<typeof RECEIVED_HANDOVER>;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const heading = useId();
  const { openedOn, from, person, offered, offeredMandates } = readFragment(RECEIVED_HANDOVER, reference);
  const { oneToOne } = person;
  return (
    <section aria-labelledby={heading} className={classes['sheet']}>
      <h2 id={heading}>{say('handover.received', { name: person.name })}</h2>
      <p className={classes['soft']}>
        {say('handover.receivedText', { name: person.name, from: from.name, day: dates.date(openedOn) })}
      </p>
      {offered.map(({ id, text, dueOn, adopted }) => (
        <Offered
          key={id}
          text={text}
          note={
            dueOn == null
              ? say('handover.asked', { name: person.name })
              : say('handover.askedFor', { name: person.name, day: dates.date(dueOn) })
          }
        >
          {adopted == null ? (
            <Adopt id={id} name={person.name} />
          ) : (
            <p className={classes['soft']}>{say('handover.youAdopted')}</p>
          )}
        </Offered>
      ))}
      {offeredMandates.map(({ id, text, lastDay, granted }) => (
        <Offered key={id} text={text} note={say('handover.mandate', { from: from.name })}>
          {granted == null ? (
            <Grant
              id={id}
              text={text}
              lastDay={lastDay ?? null}
              oneToOneId={oneToOne?.id}
              name={person.name}
            />
          ) : (
            <p className={classes['soft']}>{say('handover.youGranted')}</p>
          )}
        </Offered>
      ))}
    </section>
  );
}

function Offered({
  text,
  note,
  children,
}: {
  readonly text: string;
  readonly note: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className={classes['item']}>
      <p className={classes['soft']}>{note}</p>
      <Written as="div">
        <Markdown text={text} />
      </Written>
      {children}
    </div>
  );
}

/** Makes what the person asks for a promise of the viewer in their one-to-one. */
function Adopt({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  const { say } = useWords();
  const [adopt, { isSaving, problem }] = useSave(ADOPT, {
    update: (cache: ApolloCache, { data }) => {
      const made = data?.adoptActionItem?.actionItem.id;
      if (made !== undefined) refer(cache, `OfferedPromise:${id}`, 'adopted', `ActionItem:${made}`);
    },
  });
  return (
    <div>
      <Button variant="default" disabled={isSaving} onClick={() => void adopt({ input: { id } })}>
        {say('handover.adopt', { name })}
      </Button>
      <ProblemNote problem={problem} />
    </div>
  );
}

/** Grants the mandate again, in the words in which it was granted before. */
function Grant({
  id,
  text,
  lastDay,
  oneToOneId,
  name,
}: {
  readonly id: string;
  readonly text: string;
  readonly lastDay: string | null;
  readonly oneToOneId: string | undefined;
  readonly name: string;
}): ReactNode {
  const { say } = useWords();
  const [grant, { isSaving, problem }] = useSave(GRANT, {
    update: (cache: ApolloCache, { data }) => {
      const made = data?.grantMandate?.mandate.id;
      if (made !== undefined) refer(cache, `OfferedMandate:${id}`, 'granted', `Mandate:${made}`);
    },
  });
  if (oneToOneId === undefined)
    return <p className={classes['soft']}>{say('handover.startFirst', { name })}</p>;
  const hasPassed = lastDay !== null && lastDay < new Date().toISOString().slice(0, 10);
  return (
    <div>
      <Button
        variant="default"
        disabled={isSaving}
        onClick={() =>
          void grant({
            input: { oneToOneId, offeredMandateId: id, text, lastDay: hasPassed ? null : lastDay },
          })
        }
      >
        {say('handover.grant')}
      </Button>
      <ProblemNote problem={problem} />
    </div>
  );
}

/** Lets a field of a cached object refer to another, which a mutation has made. */
function refer(cache: ApolloCache, id: string, field: 'adopted' | 'granted', to: string): void {
  cache.modify({ id, fields: { [field]: () => ({ __ref: to }) } });
}
