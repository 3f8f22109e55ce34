import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import type { InvitePeopleMutation } from '../../graphql/graphql.ts';
import { Buttons } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';

export const INVITE = graphql(`
  mutation InvitePeople($input: InvitePeopleInput!) {
    invitePeople(input: $input) {
      invitations {
        id
        person {
          id
          account
        }
      }
      refusals {
        personId
        message
        reason
      }
    }
  }
`);

type Result = NonNullable<InvitePeopleMutation['invitePeople']>;

/** Invites the chosen people: each gets a mail with a link that nobody else can see. */
export function Invite({
  ids,
  all,
  chooseAll,
  clear,
}: {
  readonly ids: readonly string[];
  /** Those of this page who can be invited. */
  readonly all: readonly string[];
  readonly chooseAll: () => void;
  readonly clear: () => void;
}): ReactNode {
  const { say } = useWords();
  const [invite, { isSaving, problem }] = useSave(INVITE);
  const [result, setResult] = useState<Result>();
  const send = async (): Promise<void> => {
    const answer = await invite({ input: { personIds: [...ids] } });
    setResult(answer?.invitePeople ?? undefined);
    if (answer !== undefined) clear();
  };
  return (
    <div>
      <Buttons>
        <Button disabled={ids.length === 0 || isSaving} onClick={() => void send()}>
          {say('admin.invite.chosen', { count: ids.length })}
        </Button>
        {all.some((id) => !ids.includes(id)) && (
          <Button variant="default" onClick={chooseAll}>
            {say('admin.invite.all', { count: all.length })}
          </Button>
        )}
      </Buttons>
      <div role="status">{result !== undefined && <InviteResult result={result} />}</div>
      <ProblemNote problem={problem} />
    </div>
  );
}

/** How many were invited, and why others were not. */
export function InviteResult({ result }: { readonly result: Result }): ReactNode {
  const { say, language } = useWords();
  return (
    <>
      <p>{say('admin.invite.sent', { count: result.invitations.length })}</p>
      {result.refusals.map(({ personId, reason, message }) => (
        <p key={personId}>{language === 'en' ? message : say(`admin.invite.${reason}`)}</p>
      ))}
    </>
  );
}
