import type {
  ExportedData,
  ExportedGoal,
  ExportedOneToOne,
  ExportedPoint,
  ExportedWork,
} from './exported-data.js';

/** What the archive contains, for somebody who opens it. */
export function readMe({ organization, purpose, exportedAt, account, conversations }: ExportedData): string {
  return page([
    `# What ${line(account.name)} wrote in Mutual at ${line(organization)}`,
    purpose,
    `Exported on ${exportedAt.slice(0, 10)}. The file contains your own goals and your own words; what others wrote is theirs and is not in it, except for promises and mandates that you hold.`,
    list([
      'goals.md, goals.json: your goals with their milestones, updates and earlier wordings. Another installation of Mutual can import goals.json.',
      'sharing.json: who sees each goal, and which business goals are part of it.',
      'access-log.json: who read your goals, and what you read.',
      'account.json: your entry in the directory and your account.',
      ...(conversations === null
        ? []
        : [
            'conversations.md, conversations.json: what you wrote in your one-to-ones, and the promises that you hold or wrote.',
            'work.md, work.json: templates, mandates, handovers, barriers, stories, business goals and check-ins.',
          ]),
      'manifest.json: the SHA-256 of each file.',
    ]),
    'Your access to the service, and what you wrote there, are not changed by this file. Keep it where only you can read it.',
  ]);
}

export function goalsPage({ purpose, goals }: ExportedData): string {
  return page(['# My goals', purpose, ...goals.flatMap(goalSection)]);
}

function goalSection(goal: ExportedGoal): string[] {
  const { measure } = goal;
  return [
    `## ${line(goal.title)}`,
    facts([
      ['Status', word(goal.status)],
      ['Area', goal.area],
      ['Horizon', goal.horizon === null ? null : word(goal.horizon)],
      ['Day in mind', goal.targetOn],
      [
        'Measure',
        measure &&
          `${String(measure.current)} ${measure.unit}, from ${String(measure.start)} to ${String(measure.target)}`,
      ],
      ['Created', goal.createdAt.slice(0, 10)],
    ]),
    ...(goal.why === null ? [] : [goal.why]),
    ...section(
      '### Milestones',
      goal.milestones.map(({ title, reachedOn }) =>
        reachedOn === null ? `[ ] ${line(title)}` : `[x] ${line(title)} (${reachedOn})`,
      ),
    ),
    ...(goal.updates.length === 0 ? [] : ['### Updates']),
    ...goal.updates.flatMap(({ at, text, measuredValue }) => [
      `**${at.slice(0, 10)}**${measuredValue === null ? '' : `: ${String(measuredValue)}`}`,
      text,
    ]),
    ...(goal.history.length < 2 ? [] : ['### Earlier wordings']),
    ...goal.history
      .slice(0, -1)
      .flatMap(({ at, title, why }) => [
        `**${at.slice(0, 10)}**: ${line(title)}`,
        ...(why === null ? [] : [why]),
      ]),
  ];
}

export function conversationsPage(purpose: string, oneToOnes: readonly ExportedOneToOne[]): string {
  return page([
    '# What I wrote in my one-to-ones',
    purpose,
    ...oneToOnes.flatMap((pair) => [
      `## With ${line(pair.with ?? 'somebody')}`,
      ...section('### Promises', pair.actionItems.map(promise)),
      ...section('### Points that wait', pair.waitingPoints.map(point)),
      ...pair.conversations
        .filter(
          (one) =>
            one.points.length + one.ownLinesOfSharedNotes.length > 0 ||
            one.privateNotes !== null ||
            one.feedback !== null,
        )
        .flatMap((one) => [
          `### ${(one.heldAt ?? one.scheduledAt).slice(0, 10)} (${word(one.status)})`,
          ...section('My points:', one.points.map(point)),
          ...(one.ownLinesOfSharedNotes.length === 0
            ? []
            : ['My lines of the shared notes:', one.ownLinesOfSharedNotes.join('\n')]),
          ...(one.privateNotes === null ? [] : ['My private notes:', one.privateNotes]),
          ...(one.feedback === null
            ? []
            : [
                `My feedback (${one.feedback.offered ? 'offered' : 'kept'}):`,
                ...(one.feedback.worthIt === null ? [] : [`Worth it: ${String(one.feedback.worthIt)} of 5`]),
                ...(one.feedback.better === null ? [] : [one.feedback.better]),
              ]),
        ]),
      ...pair.proposedImports.flatMap(({ sections }) =>
        sections.flatMap(({ heldOn, text }) => [`### ${heldOn} (notes that I proposed to import)`, text]),
      ),
    ]),
  ]);
}

function promise(item: ExportedOneToOne['actionItems'][number]): string {
  const facts = [
    item.mine ? 'mine' : 'theirs',
    word(item.state),
    ...(item.dueOn === null ? [] : [`due ${item.dueOn}`]),
  ];
  return `${line(item.text)} (${facts.join(', ')})`;
}

function point({ text, draft, discussed, about }: ExportedPoint): string {
  const facts = [
    ...(draft ? ['draft'] : []),
    ...(discussed ? ['discussed'] : []),
    ...(about === null ? [] : [`about ${line(about)}`]),
  ];
  return `${line(text)}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}

export function workPage(purpose: string, work: ExportedWork): string {
  const mandates = (held: ExportedWork['mandatesGrantedToMe']): string[] =>
    held.map(
      ({ with: other, text, grantedAt, endedAt }) =>
        `${line(text)} (${line(other ?? 'somebody')}, ${grantedAt.slice(0, 10)}${endedAt === null ? '' : ` to ${endedAt.slice(0, 10)}`})`,
    );
  return page([
    '# My work',
    purpose,
    ...section(
      '## Business goals',
      work.businessGoals.map(({ title, cycle, state }) => `${line(title)} (${line(cycle)}, ${word(state)})`),
    ),
    ...section(
      '## Check-ins',
      work.checkIns.map(
        ({ at, businessGoal, text }) => `${at.slice(0, 10)}, ${line(businessGoal)}: ${line(text ?? '')}`,
      ),
    ),
    ...section('## What I may decide', mandates(work.mandatesGrantedToMe)),
    ...section('## What others may decide', mandates(work.mandatesGrantedByMe)),
    ...section(
      '## Handed over',
      work.handovers.flatMap(({ openedOn, offers }) =>
        offers.map(({ text }) => `${openedOn}: ${line(text)}`),
      ),
    ),
    ...section(
      '## Barriers',
      work.barriers.map(({ createdOn, title, status }) => `${createdOn}: ${line(title)} (${word(status)})`),
    ),
    ...section(
      '## Answers to barriers',
      work.barrierAnswers.map(
        ({ at, barrier, text }) => `${at.slice(0, 10)}, ${line(barrier)}: ${line(text)}`,
      ),
    ),
    ...section(
      '## Stories',
      work.stories.map(({ createdOn, text }) => `${createdOn}: ${line(text)}`),
    ),
    ...section(
      '## Business goals that I proposed to others',
      work.proposals.map(
        ({ businessGoal, how }) => `${line(businessGoal ?? 'a business goal')}: ${line(how ?? '')}`,
      ),
    ),
    ...section(
      '## Templates for agendas',
      work.agendaTemplates.map(({ name, points }) => `${line(name)}: ${points.map(line).join('; ')}`),
    ),
  ]);
}

function page(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}

function section(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [heading, list(items)];
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function facts(pairs: readonly (readonly [string, string | null])[]): string {
  return list(pairs.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${line(value)}`])));
}

/** SET_ASIDE as "set aside". */
function word(value: string): string {
  return value.toLowerCase().replaceAll('_', ' ');
}

/** On one line, so that it is one item of a list or one heading whatever is in it; what Markdown would read as HTML, links or emphasis is escaped. */
function line(value: string): string {
  return value
    .trim()
    .replace(/\s*\n\s*/g, ' / ')
    .replace(/[\\`*_[\]<>#|]/g, '\\$&');
}
