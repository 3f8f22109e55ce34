import type { ApolloCache } from '@apollo/client';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { YesNo } from '../../parts/Choices.tsx';
import { Buttons, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { useDraft } from '../../saving/useDraft.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { WrittenField } from '../../parts/WrittenField.tsx';

const TELL = graphql(`
  mutation TellStory($input: TellStoryInput!) {
    tellStory(input: $input) {
      story {
        id
        ...StoryCard
      }
    }
  }
`);

/** How a removal or a trial worked, for others who want to do the same. */
export function TellForm({
  barrierId,
  onDone,
}: {
  readonly barrierId: string;
  readonly onDone: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [text, setText, draft] = useDraft(`story:${barrierId}`, '');
  const [withName, setWithName] = useState(false);
  const [tell, { isSaving, problem }] = useSave(TELL, {
    update: (cache: ApolloCache, { data }) => {
      const id = data?.tellStory?.story.id;
      if (id === undefined) return;
      cache.modify<{ stories: { nodes: readonly { __ref: string }[] } }>({
        id: `Barrier:${barrierId}`,
        fields: {
          stories: (present) => {
            const connection = present as { nodes: readonly { __ref: string }[] };
            return { ...connection, nodes: [{ __ref: `Story:${id}` }, ...connection.nodes] };
          },
        },
      });
    },
  });
  const submit = async (): Promise<void> => {
    const saved = await tell({ input: { barrierId, text, withName } });
    if (saved?.tellStory == null) return;
    draft.clear();
    onDone();
  };
  return (
    <PlainForm kept={undefined} submit={() => void submit()}>
      <WrittenField
        label={say('barriers.story.text')}
        value={text}
        onChange={setText}
        error={wordField(problem, 'text', words)}
        required
        rows={3}
        autoFocus
      />
      <YesNo
        label={say('barriers.story.withName')}
        hint={say('barriers.story.withNameHint')}
        isChosen={withName}
        onChange={setWithName}
      />
      <ProblemNote problem={problem} shownFields={['text']} />
      <Buttons>
        <Button type="submit" disabled={isSaving || text.trim() === ''}>
          {say('barriers.story.tell')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {say('barriers.form.cancel')}
        </Button>
      </Buttons>
    </PlainForm>
  );
}
