import { graphql, type FragmentType } from '../../graphql/index.ts';
import type { SuggestionLineFragment } from '../../graphql/graphql.ts';
import type { Dates } from '../dates.ts';
import type { Key, Words } from '../../words/words.tsx';

export const SUGGESTION_LINE = graphql(`
  fragment SuggestionLine on Suggestion {
    id
    kind
    count
    days
    on
    about {
      __typename
      ... on TalkingPoint {
        id
        text
        about {
          ... on PersonalGoal {
            id
            title
          }
          ... on BusinessGoal {
            id
            title
          }
        }
      }
      ... on ActionItem {
        id
        text
        owner {
          id
        }
      }
      ... on PersonalGoal {
        id
        title
        owner {
          id
        }
      }
      ... on BusinessGoal {
        id
        title
      }
      ... on Barrier {
        id
        title
      }
      ... on Person {
        id
        name
      }
    }
  }
`);

export type SuggestionLineRef = FragmentType<typeof SUGGESTION_LINE>;

/** What a suggestion is about decides its colour: goals of a person are warm, those of the business cool. */
export type Meaning = 'personal' | 'business' | 'neither';

export interface Wording {
  readonly key: Key;
  readonly values: Record<string, string | number>;
}

/** The words of a suggestion for a reader, who is `viewerId` and meets `name`. */
export function wordSuggestion(
  suggestion: SuggestionLineFragment,
  { viewerId, name, dates }: { readonly viewerId: string; readonly name: string; readonly dates: Dates },
): Wording {
  const { kind, about } = suggestion;
  const values = {
    name,
    title: titleOf(about),
    count: suggestion.count ?? 0,
    days: suggestion.days ?? 0,
    day: suggestion.on == null ? '' : dates.date(suggestion.on),
  };
  if (kind === 'ACTION_ITEM_DUE' || kind === 'ACTION_ITEM_LATE') {
    const isMine = about?.__typename === 'ActionItem' && about.owner.id === viewerId;
    return { key: `suggestion.${kind}.${isMine ? 'mine' : 'theirs'}`, values };
  }
  if (kind === 'GOAL_UPDATED' || kind === 'MILESTONE_REACHED') {
    return { key: `suggestion.${kind}.${quotesGoalOf(suggestion, viewerId) ? 'theirs' : 'mine'}`, values };
  }
  return { key: `suggestion.${kind}`, values };
}

export function meaningOf({ about }: SuggestionLineFragment): Meaning {
  if (about?.__typename === 'PersonalGoal') return 'personal';
  return about?.__typename === 'BusinessGoal' ? 'business' : 'neither';
}

/** What can be done about a suggestion: what is about the agenda itself is on it, and a goal is shared on its page. */
export function actionFor({ kind }: SuggestionLineFragment): 'take-up' | 'share-goal' | 'none' {
  if (kind === 'CARRIED_POINT' || kind === 'AGENDA_ONE_SIDED') return 'none';
  return kind === 'SHARE_FIRST' ? 'share-goal' : 'take-up';
}

/**
 * The text of the point that it becomes. Both participants can read it once it is shared, so it names the matter and not whose it is;
 * about a goal it is empty, and the point refers to the goal.
 */
export function pointTextOf(suggestion: SuggestionLineFragment, wording: Wording, { say }: Words): string {
  if (goalIdOf(suggestion) !== undefined) return '';
  const { kind } = suggestion;
  if (kind === 'ANNIVERSARY' || kind === 'NOT_MET_LATELY') return say(`point.${kind}`, wording.values);
  return titleOf(suggestion.about);
}

/** Facts about the viewer alone, which preparation finds for each of their conversations. */
export function isAboutViewerAlone({ kind }: SuggestionLineFragment): boolean {
  return kind === 'GOAL_QUIET' || kind === 'BUSINESS_GOAL_UNPLACED';
}

/** The goal that a point about this suggestion names; other suggestions become text. */
export function goalIdOf({ about }: SuggestionLineFragment): string | undefined {
  return about?.__typename === 'PersonalGoal' || about?.__typename === 'BusinessGoal' ? about.id : undefined;
}

/** Whether it quotes a goal of the other participant, which their access log records. */
export function quotesGoalOf(suggestion: SuggestionLineFragment, viewerId: string): boolean {
  return suggestion.about?.__typename === 'PersonalGoal' && suggestion.about.owner.id !== viewerId;
}

function titleOf(about: SuggestionLineFragment['about']): string {
  switch (about?.__typename) {
    case 'TalkingPoint':
      return about.text === '' ? (about.about?.title ?? '') : about.text;
    case 'ActionItem':
      return about.text;
    case 'PersonalGoal':
    case 'BusinessGoal':
    case 'Barrier':
      return about.title;
    case 'Person':
      return about.name;
    default:
      return '';
  }
}
