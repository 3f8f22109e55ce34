import { Suspense, useDeferredValue, useState, type ReactNode } from 'react';
import type { AuditAction, AuditQuery } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Pager, usePlace } from '../../parts/Pager.tsx';
import { Note, PlainPage } from '../../parts/Plain.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { Skeleton } from '../../parts/Skeleton.tsx';
import { Table } from '../../parts/Table.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useWords } from '../../words/words.tsx';
import { AUDIT_ACTIONS } from './audit-actions.ts';
import { auditSubject, type AuditSubject } from './audit-subject.ts';
import classes from './Audit.module.css';
import people from './People.module.css';

const SIZE = 50;

const AUDIT = graphql(`
  query Audit(
    $action: [AuditAction!]
    $from: Date
    $to: Date
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    organization {
      id
      auditTrail(
        action: $action
        from: $from
        to: $to
        first: $first
        after: $after
        last: $last
        before: $before
      ) {
        nodes {
          id
          at
          action
          subjectLabel
          actor {
            id
            name
          }
          subject {
            __typename
            ... on Person {
              id
              name
            }
            ... on Department {
              id
              name
            }
            ... on Location {
              id
              name
            }
            ... on ProcedureArea {
              id
              name
            }
            ... on Organization {
              id
              name
            }
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`);

type Entry = NonNullable<NonNullable<AuditQuery['organization']>['auditTrail']>['nodes'][number];

interface Filter {
  readonly action: AuditAction | '';
  readonly from: string;
  readonly to: string;
}

/** What administrators, programs and the operator did. It holds no content. */
export function Audit(): ReactNode {
  const { say } = useWords();
  const [filter, setFilter] = useState<Filter>({ action: '', from: '', to: '' });
  const shown = useDeferredValue(filter);
  return (
    <PlainPage title={say('admin.audit')} intro={say('admin.auditText')}>
      <div className={people['filter']}>
        <SelectField
          label={say('admin.audit.action')}
          value={filter.action}
          change={(action) => {
            setFilter({ ...filter, action });
          }}
          choices={[
            { value: '' as const, label: say('admin.audit.any') },
            ...AUDIT_ACTIONS.map((action) => ({ value: action, label: say(`admin.audit.${action}`) })),
          ]}
        />
        {(['from', 'to'] as const).map((end) => (
          <TextField
            key={end}
            type="date"
            label={say(`admin.audit.${end}`)}
            value={filter[end]}
            change={(day) => {
              setFilter({ ...filter, [end]: day });
            }}
          />
        ))}
      </div>
      <Suspense fallback={<Skeleton />}>
        <Entries key={JSON.stringify(shown)} {...shown} />
      </Suspense>
    </PlainPage>
  );
}

function Entries({ action, from, to }: Filter): ReactNode {
  const words = useWords();
  const { say } = words;
  const dates = useDates();
  const [place, go, isGoing] = usePlace(SIZE);
  const trail = usePageQuery(AUDIT, {
    action: action === '' ? null : [action],
    from: from === '' ? null : from,
    to: to === '' ? null : to,
    ...place,
  }).organization?.auditTrail;
  if (trail == null) return null;
  if (trail.nodes.length === 0) return <Note>{say('admin.audit.none')}</Note>;
  return (
    <>
      <div className={classes['trail']}>
        <Table
          title={say('admin.audit')}
          head={[
            say('admin.audit.at'),
            say('admin.audit.by'),
            say('admin.audit.action'),
            say('admin.audit.subject'),
          ]}
        >
          {trail.nodes.map((entry) => (
            <tr key={entry.id} className={classes['entry']}>
              <td>
                <Moment at={entry.at}>{`${dates.date(entry.at)}, ${dates.time(entry.at)}`}</Moment>
              </td>
              <td>{entry.actor?.name ?? say(isOfProgram(entry) ? 'admin.program' : 'admin.operator')}</td>
              <td>{say(`admin.audit.${entry.action}`)}</td>
              <td>
                <Subject {...auditSubject(entry.subjectLabel, nameOf(entry), words)} />
              </td>
            </tr>
          ))}
        </Table>
      </div>
      <Pager page={trail.pageInfo} size={SIZE} go={go} isGoing={isGoing} />
    </>
  );
}

/** Of an ID, as much as tells it from others; the rest can be copied from the tooltip. */
function Subject({ text, id }: AuditSubject): ReactNode {
  return (
    <>
      {text}
      {id !== undefined && <span title={id}> {id.slice(-6)}</span>}
    </>
  );
}

/** What API tokens can do; everything else that is nobody's is the operator's. */
const isOfProgram = ({ action }: Entry): boolean =>
  action === 'API_TOKEN_USED' || action === 'PEOPLE_IMPORTED';

const nameOf = ({ subject }: Entry): string | undefined =>
  subject != null && 'name' in subject ? subject.name : undefined;
