import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { Role, TokenScope } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { Choice } from '../../parts/Field.tsx';
import { Buttons, Note, Part, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './NewToken.module.css';
import { SCOPES } from './roles.ts';

const CREATE = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      secret
      apiToken {
        id
        label
      }
    }
  }
`);

/** Creates a token, and shows its secret this once. */
export function NewToken({
  roles,
  made,
}: {
  readonly roles: readonly Role[];
  readonly made: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [label, setLabel] = useState('');
  const [scopes, setScopes] = useState<readonly TokenScope[]>([]);
  const [day, setDay] = useState('');
  const kept = useKept('token');
  const [secret, setSecret] = useState<string>();
  const [isCopied, setCopied] = useState(false);
  const [create, { isSaving, problem }] = useSave(CREATE, { keyless: true });
  const submit = async (): Promise<void> => {
    const answer = await create({
      input: {
        label: label.trim(),
        scopes: [...scopes],
        ...(day !== '' && { expiresAt: new Date(`${day}T23:59:00`).toISOString() }),
      },
    });
    if (answer?.createApiToken?.secret == null) return;
    kept.clear();
    setSecret(answer.createApiToken.secret);
    setCopied(false);
    setLabel('');
    setScopes([]);
    setDay('');
    made();
  };
  if (secret !== undefined) {
    return (
      <Part title={say('admin.tokens.secret')}>
        <Note>{say('admin.tokens.secretText')}</Note>
        <output className={classes['secret']}>{secret}</output>
        <Buttons>
          <Button
            onClick={() => {
              void navigator.clipboard.writeText(secret).then(() => {
                setCopied(true);
              });
            }}
          >
            {say(isCopied ? 'admin.tokens.copied' : 'admin.tokens.copy')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setSecret(undefined);
            }}
          >
            {say('admin.tokens.hide')}
          </Button>
        </Buttons>
      </Part>
    );
  }
  return (
    <Part title={say('admin.tokens.new')}>
      <PlainForm kept={kept} submit={() => void submit()}>
        <TextField
          label={say('admin.tokens.label')}
          hint={say('admin.tokens.labelText')}
          value={label}
          change={setLabel}
          error={wordField(problem, 'label', words)}
        />
        <fieldset className={classes['scopes']}>
          <legend>{say('admin.tokens.scopes')}</legend>
          {SCOPES.filter(({ role }) => roles.includes(role)).map(({ scope }) => (
            <Choice
              key={scope}
              type="checkbox"
              label={say(`admin.scope.${scope}`)}
              checked={scopes.includes(scope)}
              onChange={(isChosen) => {
                setScopes(isChosen ? [...scopes, scope] : scopes.filter((one) => one !== scope));
              }}
            />
          ))}
        </fieldset>
        <TextField
          type="date"
          label={say('admin.tokens.day')}
          hint={say('admin.tokens.dayText')}
          value={day}
          change={setDay}
          error={wordField(problem, 'expiresAt', words)}
        />
        <ProblemNote problem={problem} shownFields={['label', 'expiresAt']} />
        <Buttons>
          <Button type="submit" disabled={isSaving || label.trim() === '' || scopes.length === 0}>
            {say('admin.tokens.create')}
          </Button>
        </Buttons>
      </PlainForm>
    </Part>
  );
}
