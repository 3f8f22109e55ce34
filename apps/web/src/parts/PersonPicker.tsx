import { skipToken, useQuery } from '@apollo/client/react';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { NearPeopleQuery } from '../graphql/graphql.ts';
import { graphql } from '../graphql/index.ts';
import { problemOf } from '../saving/problem.ts';
import { useWords } from '../words/words.tsx';
import { Field } from './Field.tsx';
import classes from './PersonPicker.module.css';
import { ProblemNote } from './ProblemNote.tsx';
import { useSettled } from './useSettled.ts';

const FIND_PEOPLE = graphql(`
  query FindPeople($search: String!) {
    people(search: $search, first: 12) {
      nodes {
        id
        name
        title
      }
    }
  }
`);

/** Who the viewer works with: their manager, their reports, and the people with whom they have one-to-ones. */
const NEAR_PEOPLE = graphql(`
  query NearPeople {
    viewer {
      id
      person {
        id
        manager {
          id
          name
          title
        }
        directReports(first: 20) {
          nodes {
            id
            name
            title
          }
        }
      }
      oneToOnes(first: 20) {
        nodes {
          id
          state
          counterpart {
            id
            name
            title
          }
        }
      }
    }
  }
`);

export interface Picked {
  readonly id: string;
  readonly name: string;
}

/** Finds a person of the organization by name, title or address: type, choose with the arrow keys, Enter. */
export function PersonPicker({
  label,
  hint,
  placeholder,
  offersNear = false,
  without,
  pick,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  /** Whether people with whom the viewer works are offered before anything is typed. */
  readonly offersNear?: boolean;
  /** The ids of people who are not offered. */
  readonly without: readonly string[];
  readonly pick: (person: Picked) => void;
}): ReactNode {
  const { say } = useWords();
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const search = useSettled(text.trim());
  const { data, previousData, error } = useQuery(
    FIND_PEOPLE,
    search === '' ? skipToken : { variables: { search } },
  );
  const isEmpty = text.trim() === '';
  const near = useQuery(NEAR_PEOPLE, offersNear && isOpen ? {} : skipToken);
  const found = isEmpty ? nearPeople(near.data) : ((data ?? previousData)?.people?.nodes ?? []);
  const people = found.filter(({ id }) => !without.includes(id));
  const isShown = isOpen && (isEmpty ? people.length > 0 : search !== '');
  const active = people[Math.min(at, people.length - 1)];

  const choose = (person: Picked): void => {
    pick(person);
    setText('');
    setOpen(false);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      setAt(Math.max(0, Math.min(people.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (isShown && (isEmpty || search === text.trim()) && active !== undefined) choose(active);
    } else if (event.key === 'Escape' && isShown) {
      // The dialog around it stays.
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };

  return (
    <div className={classes['picker']}>
      <Field label={label} hint={hint}>
        {(control) => (
          <input
            {...control}
            role="combobox"
            autoComplete="off"
            aria-autocomplete="list"
            aria-expanded={isShown}
            aria-controls={list}
            aria-activedescendant={isShown && active !== undefined ? `${list}-${active.id}` : undefined}
            placeholder={placeholder}
            value={text}
            onFocus={() => {
              setOpen(offersNear);
            }}
            onClick={() => {
              if (offersNear) setOpen(true);
            }}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value);
              setAt(0);
              setOpen(true);
            }}
            onKeyDown={press}
            onBlur={() => {
              setOpen(false);
            }}
          />
        )}
      </Field>
      <ul id={list} role="listbox" aria-label={label} hidden={!isShown} className={classes['list']}>
        {people.map((person) => (
          <li
            key={person.id}
            id={`${list}-${person.id}`}
            role="option"
            aria-selected={person === active}
            className={classes['option']}
            // The input keeps the focus.
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              choose(person);
            }}
          >
            {person.name}
            {person.title != null && <span className={classes['soft']}>{person.title}</span>}
          </li>
        ))}
        {!isEmpty && people.length === 0 && data !== undefined && (
          <li className={classes['soft']} role="option" aria-disabled="true" aria-selected="false">
            {say('person.none')}
          </li>
        )}
      </ul>
      <ProblemNote problem={error && problemOf(error)} />
    </div>
  );
}

interface Offered extends Picked {
  readonly title?: string | null;
}

function nearPeople(data: NearPeopleQuery | undefined): readonly Offered[] {
  if (data?.viewer == null) return [];
  const { person, oneToOnes } = data.viewer;
  const all: readonly Offered[] = [
    ...(person.manager == null ? [] : [person.manager]),
    ...person.directReports.nodes,
    ...oneToOnes.nodes.filter(({ state }) => state === 'OPEN').map(({ counterpart }) => counterpart),
  ];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
