import { skipToken, useQuery } from '@apollo/client/react';
import { useNavigate } from '@tanstack/react-router';
import {
  Fragment,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { graphql } from '../../graphql/index.ts';
import { problemOf } from '../../saving/problem.ts';
import { useTranslation } from '../../words/words.tsx';
import { Dialog } from '../Dialog.tsx';
import { ProblemNote } from '../ProblemNote.tsx';
import { QuietButton } from '../QuietButton.tsx';
import { useSettled } from '../useSettled.ts';
import classes from './Palette.module.css';
import { foundItems, ownItems, type Item, type PalettePage } from './palette-items.ts';
import { PaletteOption } from './PaletteOption.tsx';

/** Searches the viewer's own goals and conversations: what others share with them is not searched, because that would be a look at it. */
const FIND = graphql(`
  query FindAnything($text: String!) {
    people(search: $text, first: 6) {
      nodes {
        id
        name
        title
      }
    }
    viewer {
      id
      person {
        id
      }
      search(text: $text, first: 8) {
        nodes {
          id
          snippet
          node {
            __typename
            id
            ... on PersonalGoal {
              title
            }
            ... on BusinessGoal {
              title
            }
            ... on Conversation {
              oneToOne {
                id
                counterpart {
                  id
                  name
                }
              }
            }
            ... on ActionItem {
              oneToOne {
                id
                counterpart {
                  id
                  name
                }
              }
            }
            ... on TalkingPoint {
              conversation {
                id
                oneToOne {
                  id
                  counterpart {
                    id
                    name
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`);

/** Finds people, what the viewer wrote and agreed, pages and actions: type, choose with the arrow keys, Enter. */
export function Palette({
  pages,
  close,
  early,
}: {
  readonly pages: readonly PalettePage[];
  readonly close: () => void;
  /** What was typed before this was loaded. */
  readonly early: string;
}): ReactNode {
  const { words, choose: chooseLanguage } = useTranslation();
  const { say, language } = words;
  const navigate = useNavigate();
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(early);
  const [at, setAt] = useState(0);
  // Enter that was pressed before the answer came.
  const [isWanted, setWanted] = useState(false);
  const search = useSettled(text.trim());
  const { data, previousData, error } = useQuery(
    FIND,
    search === '' ? skipToken : { variables: { text: search } },
  );
  const found = text.trim() === '' ? [] : foundItems(data ?? previousData, words);
  const groups = [...found, ...ownItems(pages, text, words)].filter(({ items }) => items.length > 0);
  const items = groups.flatMap((group) => group.items);
  const active = items[Math.min(at, items.length - 1)];
  const isSearching =
    text.trim() !== '' && (search !== text.trim() || (data === undefined && error === undefined));
  useLayoutEffect(() => {
    input.current?.focus();
  }, []);

  const choose = ({ target }: Item): void => {
    close();
    if (target === 'other-language') chooseLanguage(language === 'en' ? 'de' : 'en');
    else void navigate(target);
  };
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(items.length - 1, to));
    setAt(next);
    document.getElementById(`${list}-${items[next]?.id ?? ''}`)?.scrollIntoView({ block: 'nearest' });
  };
  useEffect(() => {
    if (isWanted && !isSearching && active !== undefined) choose(active);
  });
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const present = active === undefined ? 0 : items.indexOf(active);
    if (event.key === 'ArrowDown') move(present + 1);
    else if (event.key === 'ArrowUp') move(present - 1);
    else if (event.key === 'Enter') setWanted(true);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={say('palette.title')} close={close}>
      <div className={classes['field']}>
        <input
          ref={input}
          className={classes['input']}
          role="combobox"
          aria-label={say('palette.label')}
          placeholder={say('palette.placeholder')}
          aria-autocomplete="list"
          aria-expanded={items.length > 0}
          aria-controls={list}
          aria-activedescendant={active && `${list}-${active.id}`}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          maxLength={200}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            setAt(0);
            setWanted(false);
          }}
          onKeyDown={press}
        />
        <QuietButton onClick={close}>{say('palette.close')}</QuietButton>
      </div>
      <div
        id={list}
        role="listbox"
        aria-label={say('palette.title')}
        className={classes['list']}
        tabIndex={-1}
      >
        {groups.map(({ key, items: members }) => (
          <Fragment key={key}>
            <div role="group" aria-label={say(`palette.group.${key}`)}>
              <p aria-hidden="true" className={classes['group']}>
                {say(`palette.group.${key}`)}
              </p>
              {members.map((item) => (
                <PaletteOption
                  key={item.id}
                  id={`${list}-${item.id}`}
                  item={item}
                  isActive={item === active}
                  search={search}
                  choose={() => {
                    choose(item);
                  }}
                />
              ))}
            </div>
          </Fragment>
        ))}
      </div>
      <p role="status" className={classes['status']}>
        {items.length > 0 || isSearching ? '' : say('palette.nothing')}
      </p>
      <ProblemNote problem={error && problemOf(error)} />
      <p className={classes['note']}>{say('palette.note')}</p>
    </Dialog>
  );
}
