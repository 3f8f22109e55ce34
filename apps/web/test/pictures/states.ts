/** Answers of the service, changed into the states of a page: nothing there, long texts, texts from right to left, refused, no connection. */
import type { Page } from 'playwright-core';

export type State = 'empty' | 'long' | 'rtl' | 'fault' | 'offline' | 'loading';

const LONG =
  'Learn enough about the whole of the business, from purchasing the steel to the last invoice, that I could do the work of anybody for a week without the others having to ask each other what I am doing there';
const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const LONG_NAME = 'Maximiliane-Alexandra Wolfeschlegelsteinhausenbergerdorff-Thiruvananthapuram';
const ARABIC = 'أن أتعلّم العزف على العود قبل أن أبلغ الخمسين، مع ابنتي، وأن أعزف في الحيّ';
const ARABIC_NAME = 'عبد الرحمن بن محمّد الحضرمي';

/** Fields that hold words of people. */
const TEXTS = new Set([
  'title',
  'text',
  'why',
  'description',
  'remedy',
  'note',
  'body',
  'how',
  'better',
  'snippet',
  'sharedNotes',
  'privateNotes',
  'costToOthers',
  'requiredByLaw',
  'outcome',
]);
const NAMES = new Set(['name', 'department', 'location', 'area', 'label']);
/** What is about the viewer, without which there is no page. */
const KEPT = new Set(['roles', 'errors', 'questions', 'path']);

export async function pretend(page: Page, state: State): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const { operationName } = route.request().postDataJSON() as { operationName: string };
    if (operationName === 'Shell') return route.continue();
    if (state === 'offline') return route.abort('internetdisconnected');
    if (state === 'loading') return undefined;
    if (state === 'fault') {
      const errors = [
        { message: 'Internal error.', extensions: { code: 'INTERNAL', requestId: '7f3a9c1e' } },
      ];
      return route.fulfill({ json: { data: null, errors } });
    }
    // That a goal is the viewer's own is known from their list.
    if (state === 'empty' && operationName === 'MyGoals' && new URL(page.url()).pathname !== '/goals')
      return route.continue();
    const response = await route.fetch();
    const json = change((await response.json()) as unknown, state, '', { at: 0 });
    return route.fulfill({ json });
  });
}

function change(value: unknown, state: State, name: string, count: { at: number }): unknown {
  if (Array.isArray(value)) {
    if (state === 'empty' && !KEPT.has(name)) return [];
    return value.map((one: unknown) => change(one, state, name, count));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, change(one, state, key, count)]),
    );
  }
  if (typeof value !== 'string' || value === '' || state === 'empty') return value;
  if (NAMES.has(name)) return state === 'long' ? LONG_NAME : ARABIC_NAME;
  if (!TEXTS.has(name)) return value;
  count.at += 1;
  if (state === 'rtl') return ARABIC;
  return count.at % 3 === 0 ? WORD : LONG;
}
