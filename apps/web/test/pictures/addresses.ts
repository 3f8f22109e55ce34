import { asPerson, type Answer } from '../api.ts';

interface Node {
  readonly id: string;
  readonly title?: string;
  readonly name?: string;
}

const nodes = (answer: unknown): readonly Node[] => (answer as { nodes: readonly Node[] }).nodes;

function idOf(all: readonly Node[], text: string): string {
  const found = all.find(({ title, name }) => (title ?? name ?? '').includes(text));
  if (found === undefined) throw new Error(`The demo organization has no “${text}”: load it again.`);
  return found.id;
}

/** The addresses of single things of the demo organization, by the names that scenes use. */
export async function findAddresses(): Promise<ReadonlyMap<string, string>> {
  const leonie = await asPerson('leonie@quince-gander.example');
  const { viewer, businessGoals, barriers } = await leonie(`{
    viewer { person { id personalGoals(first: 50) { nodes { id title } } } }
    businessGoals(first: 100) { nodes { id title } }
    barriers(first: 100) { nodes { id title } }
  }`);
  const johanna = await asPerson('johanna@quince-gander.example');
  const { barriers: waiting } = await johanna(
    '{ barriers(first: 1, awaitsViewer: true) { nodes { id title } } }',
  );
  const people = new Map<string, string>();
  for (const name of ['Leonie Ahrens', 'Oluwaseun Adeyemi', 'Rosalind Achterberg']) {
    const found: Answer = await leonie(
      'query ($name: String!) { people(first: 5, search: $name) { nodes { id name } } }',
      { name },
    );
    people.set(name, idOf(nodes(found['people']), name));
  }
  const { personalGoals } = (viewer as { person: { personalGoals: unknown } }).person;
  const withPerson = (name: string): string => `/with/${people.get(name) ?? ''}`;
  return new Map([
    ['goal-measured', `/goals/${idOf(nodes(personalGoals), 'half-marathon')}`],
    ['business-goal', `/business/${idOf(nodes(businessGoals), 'Joints eight to eleven')}`],
    ['barrier', `/barriers/${idOf(nodes(barriers), 'brake cable')}`],
    ['barrier-to-answer', `/barriers/${nodes(waiting)[0]?.id ?? ''}`],
    ['with-leonie', withPerson('Leonie Ahrens')],
    ['with-oluwaseun', withPerson('Oluwaseun Adeyemi')],
    ['with-rosalind', withPerson('Rosalind Achterberg')],
    ['admin-leonie', `/admin/people/${people.get('Leonie Ahrens') ?? ''}`],
  ]);
}
