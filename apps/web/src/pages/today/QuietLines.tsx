import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { useWords } from '../../words/words.tsx';
import classes from './QuietLines.module.css';

const QUIET_LINES = graphql(`
  fragment QuietLines on Viewer {
    openPulse {
      id
      answered
      closesAt
    }
    person {
      id
    }
    handovers {
      id
      completedAt
      person {
        id
        name
      }
      from {
        id
        name
      }
      offered {
        id
        adopted {
          id
        }
      }
      offeredMandates {
        id
        granted {
          id
        }
      }
    }
  }
`);

/** What is open besides conversations, each in a line that leads to its page. */
export function QuietLines({
  viewer: reference,
}: {
  readonly viewer: FragmentType<typeof QUIET_LINES>;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { openPulse, person, handovers } = readFragment(QUIET_LINES, reference);
  const isOwn = (of: (typeof handovers)[number]): boolean => of.person.id === person.id;
  const open = handovers.filter((one) =>
    isOwn(one)
      ? one.completedAt == null
      : one.offered.some(({ adopted }) => adopted == null) ||
        one.offeredMandates.some(({ granted }) => granted == null),
  );
  if (openPulse == null && open.length === 0) return null;
  return (
    <ul className={classes['lines']}>
      {openPulse != null && (
        <li>
          <Link to="/pulse">
            {say(openPulse.answered ? 'today.pulseAnswered' : 'today.pulse', {
              day: dates.dayWithin(openPulse.closesAt),
            })}
          </Link>
        </li>
      )}
      {open.map((one) => (
        <li key={one.id}>
          <Link to="/handover">
            {isOwn(one)
              ? say('today.handover', { name: one.from.name })
              : say('today.handoverReceived', { name: one.person.name })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
