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
  /** The same in German, for the web client. */
  readonly de: { readonly role: string; readonly description: string };
}

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  {
    name: 'Leonie Ahrens',
    email: 'leonie@quince-gander.example',
    role: 'an employee',
    description: 'goals of every kind, a draft point, a promise that is late for her',
    de: {
      role: 'Mitarbeiterin',
      description: 'Ziele jeder Art, ein Punkt im Entwurf, eine Zusage an sie, die überfällig ist',
    },
  },
  {
    name: 'Oluwaseun Adeyemi',
    email: 'oluwaseun@quince-gander.example',
    role: 'a manager',
    description: 'what his people share with him, and what still waits for him to share first',
    de: {
      role: 'Führungskraft',
      description: 'was seine Leute mit ihm teilen, und was noch darauf wartet, dass er zuerst etwas teilt',
    },
  },
  {
    name: 'Inês Carvalhal',
    email: 'ines@quince-gander.example',
    role: 'the chief executive',
    description: 'sees no more than anybody; she shared first',
    de: {
      role: 'Geschäftsführerin',
      description: 'sieht nicht mehr als alle anderen; sie hat zuerst geteilt',
    },
  },
  {
    name: 'Lucía Ferreyra',
    email: 'lucia@quince-gander.example',
    role: 'people admin',
    description: 'invitations, imports, a departure that nobody else knows of',
    de: {
      role: 'Personalverwaltung',
      description: 'Einladungen, Importe, ein Austritt, von dem sonst niemand weiß',
    },
  },
  {
    name: 'Tomasz Wierzbicki',
    email: 'tomasz@quince-gander.example',
    role: 'HR analyst',
    description: 'trends of nine months and more; a role that opens no goal and no conversation',
    de: {
      role: 'HR-Analyse',
      description: 'Trends aus neun Monaten und mehr; die Rolle öffnet kein Ziel und kein Gespräch',
    },
  },
  {
    name: 'Rosalind Achterberg',
    email: 'rosalind@quince-gander.example',
    role: 'auditor',
    description: 'the audit trail, and nothing else',
    de: {
      role: 'Prüfung',
      description: 'das Protokoll, und sonst nichts',
    },
  },
  {
    name: 'Matthias Okafor-Brandt',
    email: 'matthias@quince-gander.example',
    role: 'organization admin',
    description: 'settings, roles, quarters',
    de: {
      role: 'Verwaltung der Organisation',
      description: 'Einstellungen, Rollen, Quartale',
    },
  },
  {
    name: 'Henrik Solberg',
    email: 'henrik@quince-gander.example',
    role: 'a former employee',
    description: 'his own goals, for 90 days, and nothing else',
    de: {
      role: 'ehemaliger Mitarbeiter',
      description: '90 Tage lang seine eigenen Ziele, und sonst nichts',
    },
  },
];
