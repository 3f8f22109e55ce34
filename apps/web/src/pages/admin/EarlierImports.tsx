import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { Note, Part, Row, Rows } from '../../parts/Plain.tsx';
import { ShowMore } from '../../parts/rest.tsx';
import { useWords } from '../../words/words.tsx';

const EARLIER_IMPORT = graphql(`
  fragment EarlierImport on ImportReport {
    id
    at
    dryRun
    rows
    created
    changed
    errorCount
    by {
      id
      name
    }
  }
`);

const EARLIER_IMPORTS = graphql(`
  fragment EarlierImports on Organization {
    id
    importReports(first: 20, after: $after) {
      nodes {
        id
        ...EarlierImport
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** The last imports and checks, those of this page first. */
export function EarlierImports({
  page,
  organization,
  latest,
}: {
  /** The query of the page. */
  readonly page: TypedDocumentNode<unknown, OperationVariables>;
  readonly organization: FragmentType<typeof EARLIER_IMPORTS>;
  readonly latest: readonly (FragmentType<typeof EARLIER_IMPORT> & { readonly id: string })[];
}): ReactNode {
  const { say } = useWords();
  const { importReports } = readFragment(EARLIER_IMPORTS, organization);
  const nodes = importReports?.nodes ?? [];
  const all = [...latest, ...nodes.filter((node) => latest.every(({ id }) => id !== node.id))];
  return (
    <Part title={say('admin.import.earlier')}>
      {all.length === 0 ? (
        <Note>{say('admin.import.noneEarlier')}</Note>
      ) : (
        <Rows>
          {all.map((report) => (
            <EarlierImport key={report.id} report={report} />
          ))}
        </Rows>
      )}
      {importReports != null && (
        <ShowMore
          end={importReports.pageInfo}
          query={page}
          variables={{}}
          path={['organization', 'importReports']}
        />
      )}
    </Part>
  );
}

function EarlierImport({ report }: { readonly report: FragmentType<typeof EARLIER_IMPORT> }): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { at, dryRun, rows, created, changed, errorCount, by } = readFragment(EARLIER_IMPORT, report);
  return (
    <Row
      detail={
        <>
          <Moment at={at}>{`${dates.day(at)}, ${dates.time(at)}`}</Moment>
          {' · '}
          {errorCount > 0
            ? say('admin.import.earlierErrors', { count: errorCount, rows })
            : say('admin.import.earlierCounts', { rows, created: created ?? 0, changed: changed ?? 0 })}
        </>
      }
    >
      {say(dryRun ? 'admin.import.wasCheck' : 'admin.import.wasImport', {
        name: by?.name ?? say('admin.program'),
      })}
    </Row>
  );
}
