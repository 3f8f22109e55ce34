import type { ReactNode } from 'react';
import { graphql, readFragment } from '../../graphql/index.ts';
import { useFormer } from '../../parts/former.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { PlainPage } from '../../parts/Plain.tsx';
import { useWords } from '../../words/words.tsx';
import { Erasure, ERASURE } from './Erasure.tsx';
import { Exports } from './Exports.tsx';
import { ImportGoals } from './ImportGoals.tsx';

const OWN_DATA = graphql(`
  query OwnData {
    viewer {
      id
      ...Exports
      ...ErasureState
    }
  }
`);

/** Taking one's words along, and having them erased. */
export function OwnData(): ReactNode {
  const { say } = useWords();
  const former = useFormer();
  const viewer = usePageQuery(OWN_DATA, {}).viewer;
  if (viewer == null) return null;
  // That everything goes on a day is the first thing to know here.
  const isPending = readFragment(ERASURE, viewer).erasure != null;
  return (
    <PlainPage title={say('me.data')} intro={say('me.dataText')}>
      {isPending && <Erasure viewer={viewer} />}
      <Exports viewer={viewer} />
      {!former && <ImportGoals />}
      {!isPending && <Erasure viewer={viewer} />}
    </PlainPage>
  );
}
