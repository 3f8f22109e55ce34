import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Note, Part, PlainPage } from '../../parts/Plain.tsx';
import { useWords } from '../../words/words.tsx';
import { OrganizationName } from './OrganizationName.tsx';
import { SettingsForm } from './SettingsForm.tsx';

const SETTINGS = graphql(`
  query Settings {
    organization {
      id
      ...OrganizationName
      settings {
        id
        purpose
        ...SettingsForm
      }
    }
  }
`);

/** What holds for everybody in the organization. */
export function Settings(): ReactNode {
  const { say, language } = useWords();
  const organization = usePageQuery(SETTINGS, {}).organization;
  if (organization == null) return null;
  return (
    <PlainPage title={say('admin.settings')} intro={say('admin.settingsText')}>
      <Part title={say('admin.settings.purpose')}>
        {/* The service has it in English. */}
        <p>{language === 'en' ? organization.settings.purpose : say('admin.settings.purposeSentence')}</p>
        <Note>{say('admin.settings.purposeText')}</Note>
      </Part>
      <OrganizationName organization={organization} />
      <SettingsForm settings={organization.settings} />
    </PlainPage>
  );
}
