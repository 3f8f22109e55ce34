import { getRouteApi, Link } from '@tanstack/react-router';
import { Suspense, useDeferredValue, useState, type ReactNode } from 'react';
import { ButtonLink } from '../../parts/Button.tsx';
import type { AdminPeopleQuery } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Pager, usePlace } from '../../parts/Pager.tsx';
import { Buttons, Note, PlainPage } from '../../parts/Plain.tsx';
import { Skeleton } from '../../parts/Skeleton.tsx';
import { Table } from '../../parts/Table.tsx';
import { useWords } from '../../words/words.tsx';
import { Invite } from './Invite.tsx';
import { readPeopleSearch, type PeopleSearch } from './people-search.ts';
import classes from './People.module.css';
import { ACCOUNT_STATES, PeopleFilter } from './PeopleFilter.tsx';

const SIZE = 25;

const PEOPLE = graphql(`
  query AdminPeople(
    $search: String
    $account: [AccountState!]
    $includeFormer: Boolean
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    people(
      search: $search
      account: $account
      includeFormer: $includeFormer
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      nodes {
        id
        name
        title
        email
        account
        leftOn
        department {
          id
          name
        }
        manager {
          id
          name
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
`);

type Person = NonNullable<AdminPeopleQuery['people']>['nodes'][number];

const route = getRouteApi('/shell/admin/people');

/** The directory, for those who look after it. */
export function People(): ReactNode {
  const { say } = useWords();
  // What the address holds besides passes through the router unchecked.
  const search = readPeopleSearch(route.useSearch());
  // The former list stays until the next one is there.
  const key = useDeferredValue(JSON.stringify(search));
  const shown = JSON.parse(key) as PeopleSearch;
  return (
    <PlainPage title={say('admin.people')} intro={say('admin.peopleText')}>
      <Buttons>
        <ButtonLink to="/admin/people/new" variant="default">
          {say('admin.person.new')}
        </ButtonLink>
        <ButtonLink to="/admin/import" variant="default">
          {say('admin.import.open')}
        </ButtonLink>
      </Buttons>
      <PeopleFilter search={search} />
      <Suspense fallback={<Skeleton />}>
        {/* Another search begins on its first page. */}
        <PeopleList key={key} {...shown} />
      </Suspense>
    </PlainPage>
  );
}

function PeopleList({ text = '', account, former = false }: PeopleSearch): ReactNode {
  const { say } = useWords();
  const [place, go, isGoing] = usePlace(SIZE);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const people = usePageQuery(PEOPLE, {
    search: text === '' ? null : text,
    account: account === undefined ? null : [account],
    includeFormer: former,
    ...place,
  }).people;
  if (people == null) return null;
  const { nodes, pageInfo } = people;
  if (nodes.length === 0) {
    const isAll = text === '' && account === undefined;
    return <Note>{say(isAll ? 'admin.people.empty' : 'admin.people.none')}</Note>;
  }
  const toggle = (id: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const invitable = nodes.filter(canBeInvited);
  return (
    <>
      <div className={classes['list']} data-old={isGoing || undefined}>
        <Table
          title={say('admin.people')}
          head={[
            say('admin.person.name'),
            say('admin.person.title'),
            say('admin.person.department'),
            say('admin.person.manager'),
            say('admin.person.account'),
          ]}
        >
          {nodes.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              isChosen={chosen.has(person.id)}
              choose={(isChosen) => {
                toggle(person.id, isChosen);
              }}
            />
          ))}
        </Table>
      </div>
      <Pager page={pageInfo} size={SIZE} go={go} isGoing={isGoing} />
      {invitable.length > 0 && (
        <Invite
          ids={Array.from(chosen)}
          all={invitable.map(({ id }) => id)}
          chooseAll={() => {
            setChosen(new Set([...chosen, ...invitable.map(({ id }) => id)]));
          }}
          clear={() => {
            setChosen(new Set());
          }}
        />
      )}
    </>
  );
}

const canBeInvited = ({ account, email, leftOn }: Person): boolean =>
  (account === 'NONE' || account === 'INVITED') && email != null && leftOn == null;

function PersonRow({
  person,
  isChosen,
  choose,
}: {
  readonly person: Person;
  readonly isChosen: boolean;
  readonly choose: (isChosen: boolean) => void;
}): ReactNode {
  const { say } = useWords();
  const { date } = useDates();
  const { id, name, title, email, department, manager, account, leftOn } = person;
  const state = ACCOUNT_STATES.find((one) => one === account);
  return (
    <tr className={classes['person']} data-usual={(account === 'ACTIVE' && leftOn == null) || undefined}>
      <td>
        <Link to="/admin/people/$personId" params={{ personId: id }}>
          {name}
        </Link>
        <span className={classes['soft']}>{email}</span>
      </td>
      <td dir="auto">{title}</td>
      <td dir="auto">{department?.name}</td>
      <td dir="auto">{manager?.name}</td>
      <td>
        {canBeInvited(person) && state !== undefined ? (
          <label className={classes['check']}>
            <input
              type="checkbox"
              checked={isChosen}
              aria-label={say('admin.invite.choose', { state: say(`admin.account.${state}`), name })}
              onChange={({ currentTarget }) => {
                choose(currentTarget.checked);
              }}
            />
            {say(`admin.account.${state}`)}
          </label>
        ) : (
          state !== undefined && say(`admin.account.${state}`)
        )}
        {leftOn != null && (
          <span className={classes['soft']}>{say('admin.person.leaves', { day: date(leftOn) })}</span>
        )}
      </td>
    </tr>
  );
}
