import { useApolloClient } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { downloadFile } from '../../parts/download.ts';
import { Moment } from '../../parts/Moment.tsx';
import { Note, Part, Row, Rows } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';

const EXPORTS = graphql(`
  fragment Exports on Viewer {
    id
    exports {
      id
      requestedAt
      expiresAt
      url
    }
  }
`);

const MAKE = graphql(`
  mutation ExportMyData {
    exportMyData {
      dataExport {
        id
        requestedAt
        expiresAt
        url
      }
    }
  }
`);

/** Files with the viewer's own goals and words, which only they can download. */
export function Exports({ viewer }: { readonly viewer: FragmentType<typeof EXPORTS> }): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { id, exports } = readFragment(EXPORTS, viewer);
  const { cache } = useApolloClient();
  const [make, { isSaving, problem }] = useSave(MAKE);
  const [failed, setFailed] = useState<string>();
  const [said, setSaid] = useState('');

  const makeOne = async (): Promise<void> => {
    setSaid('');
    const made = (await make({}))?.exportMyData?.dataExport;
    if (made === undefined) return;
    cache.updateFragment(
      {
        id: cache.identify({ __typename: 'Viewer', id }) ?? '',
        fragment: EXPORTS,
        fragmentName: 'Exports',
      },
      (known) => known && { ...known, exports: [made, ...known.exports.filter((one) => one.id !== made.id)] },
    );
    setSaid(say('me.export.ready'));
  };
  const take = async (exportId: string, url: string, day: string): Promise<void> => {
    setFailed(undefined);
    try {
      await downloadFile(url, `mutual-${day}.zip`);
    } catch {
      setFailed(exportId);
    }
  };

  return (
    <Part title={say('me.export')}>
      <Note>{say('me.export.text')}</Note>
      <Button variant="default" disabled={isSaving} onClick={() => void makeOne()}>
        {say('me.export.make')}
      </Button>
      <p role="status">{isSaving ? say('me.export.making') : said}</p>
      <ProblemNote problem={problem} />
      {exports.length > 0 && (
        <Rows label={say('me.export')}>
          {exports.map((one) => (
            <Row
              key={one.id}
              detail={
                failed === one.id
                  ? say('me.export.failed')
                  : say('me.export.until', { day: dates.near(one.expiresAt) })
              }
              action={
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => void take(one.id, one.url, one.requestedAt.slice(0, 10))}
                >
                  {say('me.export.download')}
                </Button>
              }
            >
              <Moment at={one.requestedAt}>
                {say('me.export.of', { day: dates.day(one.requestedAt), time: dates.time(one.requestedAt) })}
              </Moment>
            </Row>
          ))}
        </Rows>
      )}
    </Part>
  );
}
