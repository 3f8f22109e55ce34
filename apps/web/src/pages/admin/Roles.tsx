import { useApolloClient } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { Role, RoleHoldersQuery } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import type { Picked } from '../../parts/PersonPicker.tsx';
import { Note, Part, PlainPage, Row, Rows } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Admin.module.css';
import { GiveRole } from './GiveRole.tsx';
import { ROLES } from './roles.ts';

const HOLDERS = graphql(`
  query RoleHolders {
    viewer {
      id
      person {
        id
      }
    }
    organization {
      id
      roleHolders {
        id
        role
        person {
          id
          name
        }
      }
    }
  }
`);

const GRANT = graphql(`
  mutation GrantRole($input: GrantRoleInput!) {
    grantRole(input: $input) {
      roles
      person {
        id
      }
    }
  }
`);

const REVOKE = graphql(`
  mutation RevokeRole($input: RevokeRoleInput!) {
    revokeRole(input: $input) {
      roles
      person {
        id
      }
    }
  }
`);

type Holder = NonNullable<NonNullable<RoleHoldersQuery['organization']>['roleHolders']>[number];

/** Who has which role. None of them reads goals or conversations. */
export function Roles(): ReactNode {
  const { say } = useWords();
  const { organization, viewer } = usePageQuery(HOLDERS, {});
  const client = useApolloClient();
  const [grant, granting] = useSave(GRANT);
  const [revoke, revoking] = useSave(REVOKE);
  const [revoked, setRevoked] = useState<Holder>();
  const holders = organization?.roleHolders ?? [];
  const own = viewer?.person.id;

  const refresh = (): Promise<unknown> => client.query({ query: HOLDERS, fetchPolicy: 'network-only' });
  const give = async (role: Role, person: Picked): Promise<void> => {
    setRevoked(undefined);
    if ((await grant({ input: { role, personId: person.id } })) !== undefined) await refresh();
  };
  const take = async (holder: Holder): Promise<void> => {
    const { role, person } = holder;
    if ((await revoke({ input: { role, personId: person.id } })) === undefined) return;
    setRevoked(holder);
    await refresh();
  };

  return (
    <PlainPage title={say('admin.roles')} intro={say('admin.rolesText')}>
      <div role="status" className={classes['status']}>
        {revoked !== undefined && (
          <p>
            {say('admin.roles.revoked', {
              name: revoked.person.name,
              role: say(`admin.role.${revoked.role}`),
            })}{' '}
            <Button
              autoFocus
              size="xs"
              variant="default"
              onClick={() => void give(revoked.role, revoked.person)}
            >
              {say('undo')}
            </Button>
          </p>
        )}
      </div>
      <ProblemNote problem={granting.problem ?? revoking.problem} />
      {ROLES.map((role) => {
        const ofRole = holders.filter((holder) => holder.role === role);
        return (
          <Part key={role} title={say(`admin.role.${role}`)}>
            <Note>{say(`admin.role.${role}.text`)}</Note>
            {ofRole.length > 0 && (
              <Rows>
                {ofRole.map((holder) => (
                  <Row
                    key={holder.id}
                    action={
                      <Button
                        size="xs"
                        variant="default"
                        disabled={revoking.isSaving}
                        aria-label={say('admin.roles.revokeOf', {
                          name: holder.person.name,
                          role: say(`admin.role.${role}`),
                        })}
                        onClick={() => void take(holder)}
                      >
                        {say('admin.roles.revoke')}
                      </Button>
                    }
                  >
                    {holder.person.name}
                  </Row>
                ))}
              </Rows>
            )}
            <GiveRole
              without={[...ofRole.map(({ person }) => person.id), ...(own === undefined ? [] : [own])]}
              isSaving={granting.isSaving}
              give={(person) => give(role, person)}
            />
          </Part>
        );
      })}
    </PlainPage>
  );
}
