import type { ReactNode } from 'react';
import { PasswordInput } from './mantine.tsx';
import type { Problem } from '../saving/problem.ts';
import { useWords } from '../words/words.tsx';

/** The field for a new password. The words are in the section `account`. */
export function NewPasswordInput({
  value,
  change,
  path,
  problem,
  isShort,
}: {
  readonly value: string;
  readonly change: (password: string) => void;
  /** Where it is in the input of the mutation. */
  readonly path: string;
  readonly problem: Problem | undefined;
  /** Whether it was found too short before it was sent. */
  readonly isShort: boolean;
}): ReactNode {
  const { say, language } = useWords();
  const refused = problem?.fields.find((field) => field.path === path);
  const error = isShort
    ? say('account.password.short')
    : refused && (language === 'en' ? refused.message : say('account.password.refused'));
  return (
    <PasswordInput
      size="md"
      label={say('account.password.new')}
      description={say('account.password.rule')}
      autoComplete="new-password"
      value={value}
      error={error}
      onChange={({ currentTarget }) => {
        change(currentTarget.value);
      }}
    />
  );
}
