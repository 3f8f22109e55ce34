import { skipToken, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { graphql, readFragment } from '../../graphql/index.ts';
import type { PreparationQuery } from '../../graphql/graphql.ts';
import { AGENDA_POINT } from '../../parts/suggestions/Suggestion.tsx';
import type { Pair } from './pair.ts';

const PREPARATION = graphql(`
  query Preparation($id: ID!) {
    conversation(id: $id) {
      id
      preparation {
        id
        suggestions {
          id
          ...SuggestionLine
        }
      }
      talkingPoints {
        id
        ...AgendaPoint
        about {
          __typename
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
    }
  }
`);

/** The goal that a point is about. */
export interface PointGoal {
  readonly id: string;
  readonly title: string;
  readonly isPersonal: boolean;
}

type Suggestions = NonNullable<PreparationQuery['conversation']>['preparation']['suggestions'];

export interface PreparationState {
  /** Whether the reader has to agree first, because goals of the other participant would be listed, which that person can see. */
  readonly asks: boolean;
  readonly agree: () => void;
  readonly isLoading: boolean;
  readonly suggestions: Suggestions;
  /** By the ids of points. Empty until the reader has agreed. */
  readonly goals: ReadonlyMap<string, PointGoal>;
  /** The points as far as suggestions depend on them. */
  readonly points: readonly {
    readonly id: string;
    readonly text: string;
    readonly draft: boolean;
    readonly authorId: string;
    readonly goalId: string | undefined;
  }[];
}

/** That somebody agreed, until the browser is closed. */
const STORED = 'mutual.agreed';

/** What preparation found for the viewer, and the goals that points are about: both can show goals of the other participant. */
export function usePreparation(
  conversationId: string,
  { oneToOneId, theyShareWithMe }: Pair,
): PreparationState {
  const [hasAgreed, setAgreed] = useState(() => agreed().includes(oneToOneId));
  const asks = theyShareWithMe && !hasAgreed;
  const { data, loading } = useQuery(PREPARATION, asks ? skipToken : { variables: { id: conversationId } });
  const points = data?.conversation?.talkingPoints ?? [];
  return {
    asks,
    agree: () => {
      sessionStorage.setItem(STORED, [...agreed(), oneToOneId].join(' '));
      setAgreed(true);
    },
    isLoading: loading,
    suggestions: data?.conversation?.preparation.suggestions ?? [],
    goals: new Map(
      points.flatMap(({ id, about }) =>
        about == null
          ? []
          : [[id, { id: about.id, title: about.title, isPersonal: about.__typename === 'PersonalGoal' }]],
      ),
    ),
    points: readFragment(AGENDA_POINT, points).map(({ id, text, draft, author, about }) => ({
      id,
      text,
      draft,
      authorId: author.id,
      goalId: about?.id,
    })),
  };
}

const agreed = (): readonly string[] => sessionStorage.getItem(STORED)?.split(' ') ?? [];
