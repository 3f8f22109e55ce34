/** Facts about the demo organization that developers need. */

/** The password of every account of the demo organization, which is loaded in development only. */
export const DEMO_PASSWORD = 'two-wheels-one-gander';

/** An account of the demo organization with something particular to see. */
export interface DemoAccount {
  readonly name: string;
  readonly email: string;
  /** The person's position in the organization. */
  readonly role: string;
  /** What this account shows. */
  readonly description: string;
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    name: 'Leonie Ahrens',
    email: 'leonie@quince-gander.example',
    role: 'an employee',
    description: 'goals of every kind, a draft point, a promise that is late for her',
  },
  {
    name: 'Oluwaseun Adeyemi',
    email: 'oluwaseun@quince-gander.example',
    role: 'a manager',
    description: 'what his people share with him, and what still waits for him to share first',
  },
  {
    name: 'Inês Carvalhal',
    email: 'ines@quince-gander.example',
    role: 'the chief executive',
    description: 'sees no more than anybody; she shared first',
  },
  {
    name: 'Lucía Ferreyra',
    email: 'lucia@quince-gander.example',
    role: 'people admin',
    description: 'invitations, imports, a departure that nobody else knows of',
  },
  {
    name: 'Tomasz Wierzbicki',
    email: 'tomasz@quince-gander.example',
    role: 'HR analyst',
    description: 'trends of nine months and more; a role that opens no goal and no conversation',
  },
  {
    name: 'Rosalind Achterberg',
    email: 'rosalind@quince-gander.example',
    role: 'auditor',
    description: 'the audit trail, and nothing else',
  },
  {
    name: 'Matthias Okafor-Brandt',
    email: 'matthias@quince-gander.example',
    role: 'organization admin',
    description: 'settings, roles, quarters',
  },
  {
    name: 'Henrik Solberg',
    email: 'henrik@quince-gander.example',
    role: 'a former employee',
    description: 'his own goals, for 90 days, and nothing else',
  },
];
