import type { ApolloCache } from '@apollo/client';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { unbroken } from '../../parts/unbroken.ts';
import { Written } from '../../parts/Written.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Barriers.module.css';
import { DeleteLater } from './DeleteLater.tsx';

const STORY_CARD = graphql(`
  fragment StoryCard on Story {
    id
    text
    adopters
    viewerAdopted
    viewerIsAuthor
    author {
      id
      name
    }
    barrier {
      id
      title
    }
  }
`);

const ADOPT = graphql(`
  mutation AdoptStory($input: AdoptStoryInput!) {
    adoptStory(input: $input) {
      story {
        id
        ...StoryCard
      }
    }
  }
`);

const UNADOPT = graphql(`
  mutation UnadoptStory($input: UnadoptStoryInput!) {
    unadoptStory(input: $input) {
      story {
        id
        ...StoryCard
      }
    }
  }
`);

const NAME_AUTHOR = graphql(`
  mutation NameStoryAuthor($input: NameStoryAuthorInput!) {
    nameStoryAuthor(input: $input) {
      story {
        id
        ...StoryCard
      }
    }
  }
`);

const DELETE = graphql(`
  mutation DeleteStory($input: DeleteInput!) {
    deleteStory(input: $input) {
      deletedId
    }
  }
`);

/** What worked where something was removed. It measures the company, never a person: who adopts it is visible to nobody. */
export function StoryCard({
  story: reference,
  showsBarrier = false,
}: {
  readonly story: FragmentType<typeof STORY_CARD>;
  readonly showsBarrier?: boolean;
}): ReactNode {
  const { say } = useWords();
  const { id, text, adopters, viewerAdopted, viewerIsAuthor, author, barrier } = readFragment(
    STORY_CARD,
    reference,
  );
  const [adopt, adopting] = useSave(ADOPT);
  const [unadopt, unadopting] = useSave(UNADOPT);
  const [nameAuthor, naming] = useSave(NAME_AUTHOR);
  const [remove, removing] = useSave(DELETE, {
    update: (cache: ApolloCache, { data }) => {
      if (data?.deleteStory == null) return;
      cache.evict({ id: `Story:${id}` });
      cache.gc();
    },
  });
  const isSaving = adopting.isSaving || unadopting.isSaving || naming.isSaving;
  const teller =
    author != null
      ? author.name
      : say(viewerIsAuthor ? 'barriers.story.youNameless' : 'barriers.story.nameless');
  return (
    <li className={classes['card']}>
      <Written as="div">
        <Markdown text={text} />
      </Written>
      <p className={classes['soft']}>
        <bdi>{teller}</bdi>
        {adopters != null && `\u00a0· ${unbroken(say('barriers.story.adopters', { count: adopters }))}`}
      </p>
      {showsBarrier && (
        <p className={classes['soft']}>
          {say('barriers.story.about')}{' '}
          <Link to="/barriers/$barrierId" params={{ barrierId: barrier.id }}>
            <bdi>{barrier.title}</bdi>
          </Link>
        </p>
      )}
      {viewerIsAuthor ? (
        <QuietButton
          disabled={isSaving}
          onClick={() => void nameAuthor({ input: { id, withName: author == null } })}
        >
          {say(author == null ? 'barriers.story.name' : 'barriers.story.unname')}
        </QuietButton>
      ) : (
        <QuietButton
          disabled={isSaving}
          onClick={() => void (viewerAdopted ? unadopt({ input: { id } }) : adopt({ input: { id } }))}
        >
          {say(viewerAdopted ? 'barriers.story.adopted' : 'barriers.story.adopt')}
        </QuietButton>
      )}
      {viewerIsAuthor && (
        <DeleteLater
          remove={async () => (await remove({ input: { id } }))?.deleteStory != null}
          problem={removing.problem}
        />
      )}
      <ProblemNote problem={adopting.problem ?? unadopting.problem ?? naming.problem} />
    </li>
  );
}
