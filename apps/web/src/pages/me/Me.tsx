import { useApolloClient, useMutation } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { chooseColorScheme, chosenColorScheme } from '../../parts/color-scheme.ts';
import { Switch } from '../../parts/mantine.tsx';
import { failureOf } from '../../failure.ts';
import { graphql } from '../../graphql/index.ts';
import { useFormer } from '../../parts/former.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Facts, Note, Part, PlainPage } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { LanguageChoice, Segments } from '../../parts/Segments.tsx';
import { useSave } from '../../saving/useSave.ts';
import { endSession } from '../../session.ts';
import { useWords } from '../../words/words.tsx';
import { UPDATE_PROFILE } from './profile.ts';
import { TimeZoneSetting } from './TimeZoneSetting.tsx';

const ME = graphql(`
  query Me {
    viewer {
      id
      remindersByMail
      person {
        id
        name
        title
        email
        department {
          id
          name
        }
        location {
          id
          name
        }
        manager {
          id
          name
        }
        ...TimeZoneSetting
      }
    }
  }
`);

const SIGN_OUT = graphql(`
  mutation SignOut {
    signOut {
      revokedId
    }
  }
`);

/** What others see of the viewer, and what this device and the reminders are like. */
export function Me(): ReactNode {
  const { say } = useWords();
  const former = useFormer();
  const viewer = usePageQuery(ME, {}).viewer;
  const [colorScheme, setColorScheme] = useState(chosenColorScheme);
  if (viewer == null) return null;
  const { person } = viewer;
  return (
    <PlainPage title={person.name}>
      {!former && (
        <Part title={say('me.directory')}>
          <Facts
            facts={[
              [say('me.jobTitle'), person.title],
              [say('me.department'), person.department?.name],
              [say('me.location'), person.location?.name],
              [say('me.manager'), person.manager?.name],
              [say('me.email'), person.email],
            ]}
          />
          <Note>{say('me.directoryText')}</Note>
        </Part>
      )}
      <Part title={say('me.settings')}>
        {!former && (
          <>
            <TimeZoneSetting person={person} />
            <Reminders viewerId={viewer.id} on={viewer.remindersByMail} />
          </>
        )}
        <LanguageChoice />
        <Segments
          title={say('me.appearance')}
          value={colorScheme}
          choose={(scheme) => {
            setColorScheme(scheme);
            chooseColorScheme(scheme);
          }}
          choices={[
            { value: 'auto', label: say('me.auto') },
            { value: 'light', label: say('me.light') },
            { value: 'dark', label: say('me.dark') },
          ]}
        />
      </Part>
      <SignOut />
    </PlainPage>
  );
}

function Reminders({ viewerId, on }: { readonly viewerId: string; readonly on: boolean }): ReactNode {
  const { say } = useWords();
  const [chosen, setChosen] = useState<boolean>();
  const [save, { problem }] = useSave(UPDATE_PROFILE);
  const { cache } = useApolloClient();
  const change = async (remindersByMail: boolean): Promise<void> => {
    setChosen(remindersByMail);
    const saved = await save({ input: { remindersByMail } });
    // The mutation returns the person, and this is a field of the viewer.
    if (saved !== undefined) {
      cache.modify({
        id: cache.identify({ __typename: 'Viewer', id: viewerId }) ?? '',
        fields: { remindersByMail: () => remindersByMail },
      });
    }
    setChosen(undefined);
  };
  return (
    <div>
      <Switch
        label={say('me.reminders')}
        description={say('me.remindersText')}
        checked={chosen ?? on}
        onChange={({ currentTarget }) => void change(currentTarget.checked)}
      />
      <ProblemNote problem={problem} />
    </div>
  );
}

function SignOut(): ReactNode {
  const { say } = useWords();
  const [signOut, { loading }] = useMutation(SIGN_OUT);
  const [problem, setProblem] = useState(false);
  const leave = async (): Promise<void> => {
    try {
      await signOut();
    } catch (error) {
      if (failureOf(error).kind !== 'signed-out') {
        setProblem(true);
        return;
      }
    }
    endSession();
  };
  return (
    <div>
      <Button variant="default" disabled={loading} onClick={() => void leave()}>
        {say('me.signOut')}
      </Button>
      {problem && <p role="alert">{say('trouble.notSaved')}</p>}
    </div>
  );
}
