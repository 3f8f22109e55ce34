import { useApolloClient } from '@apollo/client/react';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Note, Part, PlainPage, Row, Rows } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Admin.module.css';
import { NewToken } from './NewToken.tsx';

const TOKENS = graphql(`
  query ApiTokens {
    viewer {
      id
      roles
      apiTokens {
        id
        label
        scopes
        expiresAt
        lastUsedOn
        createdBy {
          id
          name
        }
      }
    }
  }
`);

const REVOKE = graphql(`
  mutation RevokeApiToken($input: RevokeApiTokenInput!) {
    revokeApiToken(input: $input) {
      apiToken {
        id
      }
    }
  }
`);

/** Credentials of programs. None of them reaches goals or conversations. */
export function Tokens(): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const client = useApolloClient();
  const viewer = usePageQuery(TOKENS, {}).viewer;
  const [revoke, { isSaving, problem }] = useSave(REVOKE, { keyless: true });
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);
  if (viewer == null) return null;
  const refresh = (): Promise<unknown> => client.query({ query: TOKENS, fetchPolicy: 'network-only' });
  const end = async (id: string, label: string): Promise<void> => {
    if ((await revoke({ input: { id } })) === undefined) return;
    await refresh();
    list.current?.focus();
    setSaid(say('admin.tokens.revoked', { label }));
  };
  return (
    <PlainPage title={say('admin.tokens')} intro={say('admin.tokensText')}>
      <NewToken roles={viewer.roles} made={() => void refresh()} />
      <Part title={say('admin.tokens.list')}>
        <p role="status" className={classes['status']}>
          {said}
        </p>
        <ProblemNote problem={problem} />
        {viewer.apiTokens.length === 0 && <Note>{say('admin.tokens.none')}</Note>}
        <Rows ref={list} label={say('admin.tokens.list')}>
          {viewer.apiTokens.map((token) => (
            <Row
              key={token.id}
              detail={[
                token.scopes.map((scope) => say(`admin.scope.${scope}`)).join(', '),
                say('admin.tokens.by', { name: token.createdBy.name }),
                token.lastUsedOn == null
                  ? say('admin.tokens.unused')
                  : say('admin.tokens.used', { day: dates.near(token.lastUsedOn) }),
                say('admin.tokens.until', { day: dates.date(token.expiresAt) }),
              ].join(' · ')}
              action={
                <Button
                  size="xs"
                  variant="default"
                  disabled={isSaving}
                  aria-label={say('admin.tokens.revokeOf', { label: token.label })}
                  onClick={() => void end(token.id, token.label)}
                >
                  {say('admin.tokens.revoke')}
                </Button>
              }
            >
              {token.label}
            </Row>
          ))}
        </Rows>
      </Part>
    </PlainPage>
  );
}
