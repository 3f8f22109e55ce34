import { useId, type ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Handovers.module.css';

const COMPLETED_HANDOVER = graphql(`
  fragment CompletedHandover on Handover {
    id
    completedAt
    from {
      id
      name
    }
    to {
      id
      name
    }
    offered {
      id
      text
      adopted {
        id
      }
    }
    offeredMandates {
      id
      text
      granted {
        id
      }
    }
  }
`);

/** What the person has passed on, and what the new manager has taken up of it. */
export function CompletedHandover({
  handover: reference,
}: {
  readonly handover: FragmentType<typeof COMPLETED_HANDOVER>;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const heading = useId();
  const { completedAt, from, to, offered, offeredMandates } = readFragment(COMPLETED_HANDOVER, reference);
  const items = [
    ...offered.map(({ id, text, adopted }) => ({
      id,
      text,
      state: say(adopted == null ? 'handover.notAdopted' : 'handover.adopted'),
    })),
    ...offeredMandates.map(({ id, text, granted }) => ({
      id,
      text,
      state: say(granted == null ? 'handover.notGranted' : 'handover.granted'),
    })),
  ];
  return (
    <section aria-labelledby={heading} className={classes['sheet']}>
      <h2 id={heading}>{say('handover.open', { from: from.name, to: to?.name ?? '' })}</h2>
      <p className={classes['soft']} role="status">
        {completedAt != null && say('handover.completed', { day: dates.date(completedAt) })}{' '}
        {say(items.length === 0 ? 'handover.offeredNothing' : 'handover.offered', { to: to?.name ?? '' })}
      </p>
      {items.map(({ id, text, state }) => (
        <div key={id} className={classes['item']}>
          <Written as="div">
            <Markdown text={text} />
          </Written>
          <p className={classes['soft']}>{state}</p>
        </div>
      ))}
    </section>
  );
}
