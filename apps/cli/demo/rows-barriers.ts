import { AREAS, BARRIERS } from './barriers.js';
import type { Calendar } from './calendar.js';
import { demoId, orderedId } from './ids.js';
import { ORGANIZATION_ID as organization_id, check, personId, type Tables } from './rows.js';

const ENTRIES = Object.entries(BARRIERS);

/** Procedure areas, barriers, their answers and stories. The status of a barrier follows from its answers by a trigger. */
export function barrierTables(calendar: Calendar): Tables {
  for (const [key, { by, on, answers = [], supporters = [], story }] of ENTRIES) {
    check(!supporters.some((supporter) => supporter === by), `${key}: somebody supports their own barrier.`);
    const days = [on, ...answers.map((answer) => answer.on), ...(story ? [story.on] : [])];
    check(
      days.every((day, index) => day < 0 && (index === 0 || day > (days[index - 1] ?? day))),
      `${key}: days out of order.`,
    );
    check(story === undefined || answers.at(-1)?.status === 'REMOVED', `${key}: a story too early.`);
  }
  const stories = ENTRIES.flatMap(([key, { story }]) => (story ? [{ key, story }] : []));
  return {
    procedure_area: Object.entries(AREAS).map(([key, { name, answerer, deputy }]) => ({
      id: areaId(key),
      organization_id,
      name,
      answerer_id: personId(answerer),
      deputy_id: personId(deputy),
    })),
    barrier: ENTRIES.map(([key, barrier]) => ({
      id: barrierId(key),
      organization_id,
      procedure_area_id: barrier.area === undefined ? null : areaId(barrier.area),
      title: barrier.title,
      description: barrier.description ?? null,
      proposed_remedy: barrier.remedy ?? null,
      hinders_customers: barrier.customers,
      raised_by_id: barrier.by === undefined ? null : personId(barrier.by),
      created_on: calendar.day(barrier.on),
    })),
    barrier_answer: ENTRIES.flatMap(([key, { answers = [] }]) =>
      answers.map((answer, index) => ({
        id: orderedId('barrier-answer', index, key),
        organization_id,
        barrier_id: barrierId(key),
        status: answer.status,
        text: answer.text,
        got_it_wrong: answer.gotItWrong ?? false,
        loss_last_happened: answer.lossLastHappened ?? null,
        losses_a_year: answer.lossesAYear ?? null,
        cost_to_others: answer.costToOthers ?? null,
        required_by_law: answer.requiredByLaw ?? null,
        trial_until: answer.trialUntil === undefined ? null : calendar.day(answer.trialUntil),
        by_id: personId(answer.by),
        at: calendar.moment(answer.on, 'barrier-answer', key),
      })),
    ),
    barrier_support: ENTRIES.flatMap(([key, { supporters = [] }]) =>
      supporters.map((supporter) => ({
        barrier_id: barrierId(key),
        person_id: personId(supporter),
        organization_id,
      })),
    ),
    story: stories.map(({ key, story }) => ({
      id: storyId(key),
      organization_id,
      barrier_id: barrierId(key),
      text: story.text,
      created_on: calendar.day(story.on),
    })),
    story_author: stories.map(({ key, story }) => ({
      story_id: storyId(key),
      organization_id,
      person_id: personId(story.by),
      named: story.named,
    })),
    story_adoption: stories.flatMap(({ key, story }) =>
      story.adopters.map((adopter) => ({
        story_id: storyId(key),
        person_id: personId(adopter),
        organization_id,
      })),
    ),
  };
}

function areaId(key: string): string {
  return demoId('procedure-area', key);
}

function barrierId(key: string): string {
  return demoId('barrier', key);
}

function storyId(key: string): string {
  return demoId('story', key);
}
