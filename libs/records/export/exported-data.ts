/** What an export contains: the format that docs/export-format.md documents. Instants and dates are text, as the API writes them. */
export interface ExportedData {
  readonly organization: string;
  /** What the records are for, and never for. */
  readonly purpose: string;
  readonly exportedAt: string;
  readonly account: ExportedAccount;
  readonly goals: readonly ExportedGoal[];
  readonly sharing: readonly ExportedSharing[];
  readonly accessLog: ExportedAccessLog;
  /** Null after the end of employment. */
  readonly conversations: readonly ExportedOneToOne[] | null;
  /** Null after the end of employment. */
  readonly work: ExportedWork | null;
}

export interface ExportedGoal {
  readonly id: string;
  readonly title: string;
  readonly why: string | null;
  readonly area: string | null;
  readonly horizon: string | null;
  readonly targetOn: string | null;
  readonly status: string;
  readonly measure: {
    readonly unit: string;
    readonly start: number;
    readonly current: number;
    readonly target: number;
  } | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly milestones: readonly { readonly title: string; readonly reachedOn: string | null }[];
  readonly updates: readonly {
    readonly at: string;
    readonly text: string;
    readonly measuredValue: number | null;
  }[];
  readonly history: readonly {
    readonly version: number;
    readonly at: string;
    readonly title: string;
    readonly why: string | null;
  }[];
}

interface ExportedSharing {
  readonly goalId: string;
  readonly goal: string;
  readonly visibility: string;
  readonly openToProposals: boolean;
  readonly shares: readonly {
    readonly with: string | null;
    readonly state: string;
    readonly includesPast: boolean;
    readonly createdAt: string;
    readonly activeSince: string | null;
    readonly expiresAt: string | null;
    readonly endedAt: string | null;
  }[];
  readonly businessGoals: readonly {
    readonly businessGoal: string | null;
    readonly how: string | null;
    /** Null where the person placed it without a proposal. */
    readonly proposedBy: string | null;
    readonly placedAt: string;
  }[];
}

interface ExportedAccessLog {
  readonly readsOfMyGoals: readonly {
    readonly on: string;
    readonly reader: string | null;
    readonly kind: string;
    readonly goalId: string;
    readonly goal: string | null;
  }[];
  readonly myReads: readonly { readonly on: string; readonly owner: string | null; readonly kind: string }[];
}

interface ExportedAccount {
  readonly name: string;
  readonly [property: string]: unknown;
}

export interface ExportedPoint {
  readonly text: string;
  readonly draft: boolean;
  readonly standing: boolean;
  readonly discussed: boolean;
  readonly fromCustomer: boolean;
  readonly timesCarried: number;
  readonly about: string | null;
  readonly history: readonly { readonly at: string; readonly text: string }[];
}

interface ExportedFeedback {
  readonly better: string | null;
  readonly worthIt: number | null;
  readonly offered: boolean;
  readonly at: string;
}

export interface ExportedOneToOne {
  readonly with: string | null;
  readonly state: string;
  readonly endedAt: string | null;
  readonly waitingPoints: readonly ExportedPoint[];
  readonly conversations: readonly {
    readonly scheduledAt: string;
    readonly heldAt: string | null;
    readonly status: string;
    readonly offTheRecord: boolean;
    readonly points: readonly ExportedPoint[];
    readonly ownLinesOfSharedNotes: readonly string[];
    readonly privateNotes: string | null;
    readonly feedback: ExportedFeedback | null;
  }[];
  readonly actionItems: readonly {
    readonly text: string;
    readonly mine: boolean;
    readonly writtenByMe: boolean;
    readonly dueOn: string | null;
    readonly state: string;
    readonly createdAt: string;
    readonly closedAt: string | null;
    readonly kept: boolean | null;
    readonly renegotiated: number;
    readonly myHistory: readonly { readonly at: string; readonly text: string }[];
  }[];
  readonly proposedImports: readonly {
    readonly proposedAt: string;
    readonly sections: readonly { readonly heldOn: string; readonly text: string }[];
  }[];
}

interface ExportedMandate {
  readonly with: string | null;
  readonly text: string;
  readonly grantedAt: string;
  readonly lastDay: string | null;
  readonly published: boolean;
  readonly endedAt: string | null;
}

export interface ExportedWork {
  readonly agendaTemplates: readonly { readonly name: string; readonly points: readonly string[] }[];
  readonly mandatesGrantedToMe: readonly ExportedMandate[];
  readonly mandatesGrantedByMe: readonly ExportedMandate[];
  readonly handovers: readonly {
    readonly openedOn: string;
    readonly completedAt: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly offers: readonly { readonly kind: string; readonly text: string; readonly day: string | null }[];
  }[];
  readonly barriers: readonly {
    readonly createdOn: string;
    readonly title: string;
    readonly description: string | null;
    readonly proposedRemedy: string | null;
    readonly hindersCustomers: boolean;
    readonly status: string;
  }[];
  readonly barrierAnswers: readonly {
    readonly at: string;
    readonly barrier: string;
    readonly status: string;
    readonly text: string;
    readonly gotItWrong: boolean;
    readonly lossLastHappened: string | null;
    readonly lossesAYear: number | null;
    readonly costToOthers: string | null;
    readonly requiredByLaw: string | null;
    readonly trialUntil: string | null;
  }[];
  readonly barriersSupported: readonly string[];
  readonly stories: readonly {
    readonly createdOn: string;
    readonly barrier: string;
    readonly text: string;
    readonly named: boolean;
  }[];
  readonly storiesAdopted: readonly string[];
  /** The periods of pulses that the person took part in, never what they answered. */
  readonly trendResponses: readonly {
    readonly period: string;
    readonly metric: string | null;
    readonly text: string;
    readonly dueOn: string;
    readonly state: string;
    readonly outcome: string | null;
  }[];
  readonly pulsesAnswered: readonly string[];
  readonly businessGoals: readonly {
    readonly title: string;
    readonly description: string | null;
    readonly cycle: string;
    readonly state: string;
    readonly keyResults: readonly {
      readonly title: string;
      readonly unit: string;
      readonly start: number;
      readonly current: number;
      readonly target: number;
    }[];
  }[];
  readonly checkIns: readonly {
    readonly at: string;
    readonly businessGoal: string;
    readonly text: string | null;
    readonly confidence: number;
    readonly health: string;
  }[];
  readonly proposals: readonly {
    readonly to: string | null;
    readonly businessGoal: string | null;
    readonly how: string | null;
    readonly state: string;
  }[];
}
