import type { PersonKey } from '../people.js';

/** People's own templates for agendas. */
export const TEMPLATES: readonly {
  readonly owner: PersonKey;
  readonly name: string;
  readonly points: readonly string[];
}[] = [
  {
    owner: 'oluwaseun',
    name: 'The first one with somebody new',
    points: [
      'What should I know about how you like to work?',
      'What did your last manager do that I should do too?',
      'What are you working for, outside of here?',
    ],
  },
  {
    owner: 'oluwaseun',
    name: 'Once a quarter',
    points: ['What should I stop doing?', 'Which of my promises do you still wait for?'],
  },
  {
    owner: 'leonie',
    name: 'Before a review',
    points: ['Which drawing am I least sure of?', 'Who has not said anything yet?'],
  },
];
