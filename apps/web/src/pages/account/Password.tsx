import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { isTooShort } from '../../parts/new-password.ts';
import { NewPasswordInput } from '../../parts/NewPasswordInput.tsx';
import { PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import type { Saving } from '../../saving/useSave.ts';

/** The form that chooses a password with the link of a mail. Nothing happens before its button is pressed: scanners of mails open links. */
export function PasswordForm({
  label,
  save,
  saving: { isSaving, problem, clear },
}: {
  /** What the button says. */
  readonly label: string;
  readonly save: (password: string) => void;
  readonly saving: Saving;
}): ReactNode {
  const [password, setPassword] = useState('');
  const [isShort, setShort] = useState(false);
  const submit = (): void => {
    const short = isTooShort(password);
    setShort(short);
    if (short) clear();
    else save(password);
  };
  return (
    <PlainForm kept={undefined} submit={submit}>
      <NewPasswordInput
        value={password}
        change={setPassword}
        path="password"
        problem={problem}
        isShort={isShort}
      />
      <ProblemNote problem={problem} shownFields={['password']} />
      <Button type="submit" size="md" disabled={isSaving}>
        {label}
      </Button>
    </PlainForm>
  );
}
