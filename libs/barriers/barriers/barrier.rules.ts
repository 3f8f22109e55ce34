import type { InputFault } from '#graphql';
import type { AnswerBarrierInput } from './barrier.inputs.js';

/** The most days that a trial can last. */
const LONGEST_TRIAL = 366;

const FACTS = ['lossLastHappened', 'lossesAYear', 'costToOthers'] as const;

/** Everything that is wrong with an answer. @param today in the organization */
export function answerFaults(input: AnswerBarrierInput, today: string): InputFault[] {
  return [
    ...statusFaults(input),
    ...trialFaults(input, today),
    ...(input.status === 'STAYS'
      ? reasonFaults(input)
      : faultsWithout('STAYS', input, [...FACTS, 'requiredByLaw'])),
  ];
}

function statusFaults({ status }: AnswerBarrierInput): InputFault[] {
  if (status !== 'OPEN') return [];
  return [
    {
      path: 'input.status',
      code: 'NOT_ALLOWED',
      message: 'is no answer. Choose INVESTIGATING, for example.',
    },
  ];
}

function trialFaults(input: AnswerBarrierInput, today: string): InputFault[] {
  const { status, trialUntil } = input;
  if (status !== 'TRIAL_WITHOUT') return faultsWithout('TRIAL_WITHOUT', input, ['trialUntil']);
  const path = 'input.trialUntil';
  if (trialUntil == null)
    return [{ path, code: 'REQUIRED', message: 'is required for a trial: its last day.' }];
  // Days of this form sort as text.
  if (trialUntil <= today) return [{ path, code: 'OUT_OF_RANGE', message: 'must be a future day.' }];
  if (trialUntil > daysLater(today, LONGEST_TRIAL))
    return [{ path, code: 'OUT_OF_RANGE', message: 'must be within a year.' }];
  return [];
}

/** A procedure stays because of a legal provision, or because of facts: all of them. */
function reasonFaults(input: AnswerBarrierInput): InputFault[] {
  const { requiredByLaw } = input;
  if (requiredByLaw != null) {
    // "Our policy" and "legal reasons" cite nothing; legal provisions have numbers.
    if (/\p{Nd}/u.test(requiredByLaw)) return [];
    return [
      {
        path: 'input.requiredByLaw',
        code: 'INVALID',
        message: 'must cite the legal provision with its number, for example "GDPR, Article 30".',
      },
    ];
  }
  return FACTS.filter((name) => input[name] == null).map((name) => ({
    path: `input.${name}`,
    code: 'REQUIRED',
    message: 'is required for a procedure that stays, unless requiredByLaw cites a legal provision.',
  }));
}

function faultsWithout(
  status: string,
  input: AnswerBarrierInput,
  names: readonly (keyof AnswerBarrierInput)[],
): InputFault[] {
  return names
    .filter((name) => input[name] != null)
    .map((name) => ({
      path: `input.${name}`,
      code: 'NOT_ALLOWED',
      message: `is only allowed with the status ${status}.`,
    }));
}

function daysLater(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
