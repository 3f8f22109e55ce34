import { useApolloClient } from '@apollo/client/react';
import { useRef, type ReactNode } from 'react';
import type { ProcedureAreasQuery } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { Button } from '../../parts/Button.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Buttons, Note, PlainPage, Row, Rows } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords, type Words } from '../../words/words.tsx';
import classes from './Admin.module.css';
import { AreaForm } from './AreaForm.tsx';
import { ListForm, NewInList, useOpenForm } from './ListForm.tsx';

const AREAS = graphql(`
  query ProcedureAreas {
    organization {
      id
      procedureAreas {
        id
        name
        answerer {
          id
          name
        }
        deputy {
          id
          name
        }
        currentAnswerer {
          id
          name
        }
      }
    }
  }
`);

const DELETE = graphql(`
  mutation DeleteProcedureArea($input: DeleteInput!) {
    deleteProcedureArea(input: $input) {
      deletedId
    }
  }
`);

type Area = NonNullable<ProcedureAreasQuery['organization']>['procedureAreas'][number];

function whoAnswers({ answerer, deputy, currentAnswerer }: Area, say: Words['say']): ReactNode {
  if (currentAnswerer?.id !== answerer.id) {
    return (
      <strong className={classes['needed']}>
        {currentAnswerer == null
          ? say('admin.areas.nobody')
          : say('admin.areas.deputyAnswers', { name: answerer.name, deputy: currentAnswerer.name })}
      </strong>
    );
  }
  return deputy == null
    ? say('admin.areas.answers', { name: answerer.name })
    : say('admin.areas.answersBoth', { name: answerer.name, deputy: deputy.name });
}

/** The functions that procedures belong to, and who answers what gets in the way. */
export function Areas(): ReactNode {
  const { say } = useWords();
  const client = useApolloClient();
  const areas = usePageQuery(AREAS, {}).organization?.procedureAreas ?? [];
  const form = useOpenForm();
  const { open, closed, show, close } = form;
  const list = useRef<HTMLUListElement>(null);
  const [remove, { isSaving, problem }] = useSave(DELETE);
  const refresh = (): Promise<unknown> => client.query({ query: AREAS, fetchPolicy: 'network-only' });
  const removeArea = async (id: string): Promise<void> => {
    if ((await remove({ input: { id } })) === undefined) return;
    await refresh();
    list.current?.focus();
  };
  const saved = async (): Promise<void> => {
    await refresh();
    close();
  };
  return (
    <PlainPage title={say('admin.areas')} intro={say('admin.areasText')}>
      {areas.length === 0 && <Note>{say('admin.areas.none')}</Note>}
      <ProblemNote problem={problem} />
      <Rows ref={list} label={say('admin.areas')}>
        {areas.map((area) =>
          open === area.id ? (
            <Row key={area.id}>
              <ListForm title={say('admin.areas.editTitle', { name: area.name })}>
                <AreaForm area={area} saved={saved} close={close} />
              </ListForm>
            </Row>
          ) : (
            <Row
              key={area.id}
              detail={whoAnswers(area, say)}
              action={
                <Buttons>
                  <Button
                    size="xs"
                    variant="default"
                    autoFocus={closed === area.id}
                    aria-label={say('admin.areas.editOf', { name: area.name })}
                    onClick={() => {
                      show(area.id);
                    }}
                  >
                    {say('edit')}
                  </Button>
                  <Button
                    size="xs"
                    variant="default"
                    disabled={isSaving}
                    aria-label={say('admin.areas.deleteOf', { name: area.name })}
                    onClick={() => void removeArea(area.id)}
                  >
                    {say('delete')}
                  </Button>
                </Buttons>
              }
            >
              {area.name}
            </Row>
          ),
        )}
      </Rows>
      <NewInList label={say('admin.areas.new')} title={say('admin.areas.newTitle')} form={form}>
        <AreaForm saved={saved} close={close} />
      </NewInList>
    </PlainPage>
  );
}
