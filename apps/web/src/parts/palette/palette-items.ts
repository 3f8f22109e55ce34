import type { LinkProps } from '@tanstack/react-router';
import type { FindAnythingQuery } from '../../graphql/graphql.ts';
import type { Words } from '../../words/words.tsx';

/** A page of the navigation. */
export interface PalettePage {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: string;
}

/** Something that can be chosen: where it leads, or what it does. */
export interface Item {
  readonly id: string;
  readonly label: string;
  /** A part of what a person wrote below the label. */
  readonly excerpt?: string | undefined;
  /** What it is, or whose. */
  readonly detail?: string | undefined;
  /** Whether a person wrote the label. */
  readonly isWritten?: boolean;
  readonly target: Pick<LinkProps, 'to' | 'params' | 'hash'> | 'other-language';
}

export interface Group {
  readonly key: 'people' | 'own' | 'pages' | 'actions';
  readonly items: readonly Item[];
}

/** Pages and actions that contain every word of a text; all of them without one. */
export function ownItems(pages: readonly PalettePage[], text: string, { say }: Words): readonly Group[] {
  const words = fold(text).split(/\s+/);
  const fits = ({ label }: Item): boolean => words.every((word) => fold(label).includes(word));
  const actions: readonly Item[] = [
    { id: 'raise', label: say('palette.raise'), target: { to: '/barriers', hash: 'raise' } },
    { id: 'pulse', label: say('palette.pulse'), target: { to: '/pulse' } },
    { id: 'handover', label: say('palette.handover'), target: { to: '/handover' } },
    { id: 'data', label: say('palette.data'), target: { to: '/me/data' } },
    { id: 'language', label: say('palette.language'), target: 'other-language' },
  ];
  return [
    {
      key: 'pages',
      items: pages.map(({ to, label }) => ({ id: `page-${to}`, label, target: { to } })).filter(fits),
    },
    { key: 'actions', items: actions.filter(fits) },
  ];
}

/** People, and what was found in the viewer's own goals and conversations. */
export function foundItems(data: FindAnythingQuery | undefined, { say }: Words): readonly Group[] {
  const people = data?.people?.nodes ?? [];
  const results = data?.viewer?.search.nodes ?? [];
  return [
    {
      key: 'people',
      items: people.map(({ id, name, title }) => ({
        id: `person-${id}`,
        label: name,
        detail: title ?? undefined,
        target:
          id === data?.viewer?.person.id
            ? { to: '/me' }
            : { to: '/with/$personId', params: { personId: id } },
      })),
    },
    {
      key: 'own',
      items: results.flatMap(({ id, snippet, node }): Item[] => {
        const item = { id: `result-${id}`, label: withoutMarks(snippet), isWritten: true };
        switch (node.__typename) {
          case 'PersonalGoal':
            return [
              {
                ...item,
                ...ofGoal(node.title, snippet),
                detail: say('palette.goal'),
                target: { to: '/goals/$goalId', params: { goalId: node.id } },
              },
            ];
          case 'BusinessGoal':
            return [
              {
                ...item,
                ...ofGoal(node.title, snippet),
                detail: say('palette.businessGoal'),
                target: { to: '/business/$goalId', params: { goalId: node.id } },
              },
            ];
          case 'PersonalGoalUpdate':
            return [{ ...item, detail: say('palette.update'), target: { to: '/goals' } }];
          case 'Conversation':
            return [{ ...item, ...withPerson(node.oneToOne.counterpart, 'notes') }];
          case 'ActionItem':
            return [{ ...item, ...withPerson(node.oneToOne.counterpart, 'promise') }];
          case 'TalkingPoint':
            return node.conversation == null
              ? []
              : [{ ...item, ...withPerson(node.conversation.oneToOne.counterpart, 'point') }];
          default:
            return [];
        }
      }),
    },
  ];

  function withPerson(
    { id, name }: { readonly id: string; readonly name: string },
    kind: 'notes' | 'promise' | 'point',
  ): Pick<Item, 'detail' | 'target'> {
    return {
      detail: say(`palette.${kind}`, { name }),
      target: { to: '/with/$personId', params: { personId: id } },
    };
  }
}

/** The service finds a goal as its title and what follows it, in one line. */
function ofGoal(title: string, snippet: string): Pick<Item, 'label' | 'excerpt'> {
  const line = title.trim().replaceAll(/\s+/g, ' ');
  const excerpt = withoutMarks(snippet.startsWith(line) ? snippet.slice(line.length).trim() : snippet);
  return { label: title, ...(excerpt !== '' && !line.startsWith(excerpt.replace(/…$/, '')) && { excerpt }) };
}

/** A part of a text in Markdown without the signs of Markdown: one that was cut may lack the second of two. */
const withoutMarks = (text: string): string =>
  text
    .replaceAll(/!?\[([^\]]*)\]\([^)\s]*\)?/g, '$1')
    .replaceAll(/\*+|~~|`+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replaceAll(/(?<=^|\s)(?:#{1,6}|>|[-+])\s+/g, '');

const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
