import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { ErasureStateFragment } from '../../graphql/graphql.ts';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Buttons, Note, Part } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Erasure.module.css';
import { wordErasure } from './erasure-words.ts';

export const ERASURE = graphql(`
  fragment ErasureState on Viewer {
    id
    erasure {
      id
      executesAt
      preview
    }
  }
`);

const ERASE = graphql(`
  mutation EraseMyData($input: EraseMyDataInput!) {
    eraseMyData(input: $input) {
      preview
      erasure {
        id
        executesAt
        preview
      }
    }
  }
`);

const CANCEL = graphql(`
  mutation CancelErasure {
    cancelErasure {
      erasure {
        id
      }
    }
  }
`);

/** Erasure of everything that the viewer wrote: the only thing in this client that asks whether they are sure. */
export function Erasure({ viewer }: { readonly viewer: FragmentType<typeof ERASURE> }): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { id, erasure } = readFragment(ERASURE, viewer);
  const { cache } = useApolloClient();
  const [erase, erasing] = useSave(ERASE, { keyless: true });
  const [cancel, cancelling] = useSave(CANCEL);
  const [preview, setPreview] = useState<readonly string[]>();

  const show = (pending: ErasureStateFragment['erasure']): void => {
    cache.updateFragment(
      {
        id: cache.identify({ __typename: 'Viewer', id }) ?? '',
        fragment: ERASURE,
        fragmentName: 'ErasureState',
      },
      (known) => known && { ...known, erasure: pending ?? null },
    );
  };
  const look = async (): Promise<void> => {
    setPreview((await erase({ input: { dryRun: true } }))?.eraseMyData?.preview);
  };
  const request = async (): Promise<void> => {
    const pending = (await erase({ input: { dryRun: false } }))?.eraseMyData?.erasure;
    if (pending === undefined) return;
    show(pending);
    setPreview(undefined);
  };
  const keep = async (): Promise<void> => {
    if ((await cancel({})) !== undefined) show(null);
  };

  if (erasure != null) {
    return (
      <Part title={say('me.erasure')}>
        <p role="status">{say('me.erasure.pending', { day: dates.date(erasure.executesAt) })}</p>
        <Preview sentences={erasure.preview} />
        <Button disabled={cancelling.isSaving} onClick={() => void keep()}>
          {say('me.erasure.cancel')}
        </Button>
        <ProblemNote problem={cancelling.problem} />
      </Part>
    );
  }
  return (
    <Part title={say('me.erasure')}>
      <Note>{say('me.erasure.text')}</Note>
      {preview === undefined ? (
        <Button variant="default" disabled={erasing.isSaving} onClick={() => void look()}>
          {say('me.erasure.look')}
        </Button>
      ) : (
        <Question
          preview={preview}
          isBusy={erasing.isSaving}
          yes={() => void request()}
          no={() => {
            setPreview(undefined);
          }}
        />
      )}
      <ProblemNote problem={erasing.problem} />
    </Part>
  );
}

function Question({
  preview,
  isBusy,
  yes,
  no,
}: {
  readonly preview: readonly string[];
  readonly isBusy: boolean;
  readonly yes: () => void;
  readonly no: () => void;
}): ReactNode {
  const { say } = useWords();
  const question = useRef<HTMLDivElement>(null);
  useEffect(() => {
    question.current?.focus();
  }, []);
  return (
    <div ref={question} tabIndex={-1} className={classes['question']} role="group" aria-labelledby="sure">
      <Preview sentences={preview} />
      <p id="sure">
        <strong>{say('me.erasure.sure')}</strong>
      </p>
      <Buttons>
        <Button variant="default" onClick={no}>
          {say('me.erasure.no')}
        </Button>
        <Button disabled={isBusy} onClick={yes}>
          {say('me.erasure.yes')}
        </Button>
      </Buttons>
    </div>
  );
}

/** What is erased and what stays. */
function Preview({ sentences }: { readonly sentences: readonly string[] }): ReactNode {
  const words = useWords();
  const lines = sentences.map((sentence) => wordErasure(sentence, words));
  return (
    <div className={classes['preview']}>
      {(['title', 'stays'] as const).map((part) => (
        <div key={part}>
          <h3>{words.say(`me.erased.${part}`)}</h3>
          <ul>
            {lines
              .filter(({ stays }) => stays === (part === 'stays'))
              .map(({ text, isKnown }) => (
                <li key={text} lang={isKnown ? undefined : 'en'}>
                  {text}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
