import type { ReactNode } from 'react';
import type { Failure } from '../failure.ts';
import type { FieldProblem, Problem } from '../saving/problem.ts';
import { useWords, type Words } from '../words/words.tsx';
import classes from './ProblemNote.module.css';

const FIELD_CODES = ['REQUIRED', 'TOO_LONG', 'TAKEN', 'NOT_FOUND', 'OUT_OF_RANGE', 'DUPLICATE'] as const;

/** What is wrong with a field, for the `error` of its input; undefined if nothing is. */
export function wordField(problem: Problem | undefined, path: string, words: Words): string | undefined {
  const field = problem?.fields.find((one) => one.path === path);
  return field && wordFieldProblem(field, words);
}

function wordFieldProblem({ code, message }: FieldProblem, { say, language }: Words): string {
  const known = FIELD_CODES.find((one) => one === code);
  if (language === 'en') return message;
  return say(`problem.field.${known ?? 'INVALID'}`);
}

/** Why something was not saved, beside what could not be saved. Renders nothing without a problem. */
export function ProblemNote({
  problem,
  shownFields = [],
}: {
  readonly problem: Problem | undefined;
  /** Paths of fields that say by themselves what is wrong with them. */
  readonly shownFields?: readonly string[];
}): ReactNode {
  const words = useWords();
  if (problem === undefined) return null;
  // The only field of a form says it by itself.
  if (
    problem.code === 'BAD_USER_INPUT' &&
    shownFields.length === 1 &&
    problem.fields[0]?.path === shownFields[0] &&
    problem.fields.length === 1
  )
    return null;
  const others = problem.fields.filter(({ path }) => !shownFields.includes(path));
  return (
    <div role="alert" className={classes['problem']}>
      <p>{wordProblem(problem, words)}</p>
      {others.map((field) => (
        <p key={field.path}>{wordFieldProblem(field, words)}</p>
      ))}
    </div>
  );
}

function wordProblem({ failure, code, message }: Problem, words: Words): string {
  const { say, language } = words;
  switch (code) {
    case 'BAD_USER_INPUT':
      return say('problem.input');
    case 'CONFLICT':
      return language === 'en' && message !== undefined ? message : say('problem.conflict');
    case 'NOT_FOUND':
      return say('problem.notFound');
    case 'EDIT_CONFLICT':
      return say('problem.edited');
    case 'UNSURE':
      return say('problem.unsure');
    case 'NOT_PERMITTED':
      return say('problem.notPermitted');
    default:
      return wordFailure(failure, words);
  }
}

function wordFailure(failure: Failure, { say }: Words): string {
  switch (failure.kind) {
    case 'offline':
      return `${say('trouble.offline')}. ${say('trouble.notSaved')}`;
    case 'busy':
      return `${say('trouble.busy')}. ${say('trouble.notSaved')}`;
    case 'signed-out':
      return say('problem.signedOut');
    case 'refused':
      return say('problem.notPermitted');
    case 'outdated':
    case 'fault':
      return say('trouble.notSaved');
  }
}
