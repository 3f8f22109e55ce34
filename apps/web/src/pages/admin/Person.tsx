import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { PlainPage } from '../../parts/Plain.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Admin.module.css';
import { AccountOfPerson } from './AccountOfPerson.tsx';
import { BackToPeople } from './BackToPeople.tsx';
import { Employment } from './Employment.tsx';
import { PersonDetails } from './PersonDetails.tsx';
import { ReportingLines } from './ReportingLines.tsx';

const PERSON = graphql(`
  query AdminPerson($id: ID!) {
    viewer {
      id
      person {
        id
      }
    }
    person(id: $id) {
      id
      name
      title
      ...PersonDetails
      ...ReportingLines
      ...Employment
      ...AccountOfPerson
    }
    organization {
      id
      ...PlaceNames
    }
  }
`);

const route = getRouteApi('/shell/admin/people/$personId');

/** One person in the directory: what it says about them, whom they report to, and their account. Nothing that they wrote. */
export function Person(): ReactNode {
  const { say } = useWords();
  const { personId } = route.useParams();
  const { person, organization, viewer } = usePageQuery(PERSON, { id: personId });
  if (person == null || organization == null) {
    return (
      <Notice
        title={say('admin.person.absent')}
        action={<Link to="/admin/people">{say('admin.people')}</Link>}
      >
        {say('admin.person.absentText')}
      </Notice>
    );
  }
  return (
    <>
      <BackToPeople />
      <PlainPage
        title={person.name}
        intro={
          person.title != null && (
            <span dir="auto" className={classes['start']}>
              {person.title}
            </span>
          )
        }
      >
        <PersonDetails key={person.id} person={person} organization={organization} />
        <ReportingLines person={person} />
        <Employment person={person} />
        <AccountOfPerson person={person} isViewer={viewer?.person.id === person.id} />
      </PlainPage>
    </>
  );
}
