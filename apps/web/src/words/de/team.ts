import type { Translation } from '../sections.ts';

export const messages: Translation<'team'> = {
  'team.title': 'Team',
  'team.intro':
    'Die Menschen, deren Führungskraft du bist. Wen du am längsten nicht getroffen hast, steht zuerst.',
  'team.empty': 'Du führst niemanden',
  'team.emptyText': 'Hier siehst du die Menschen, die du führst, sobald du jemanden führst.',
  'team.last': 'Zuletzt getroffen',
  'team.neverMet': 'Noch nicht',
  'team.next': 'Als Nächstes',
  'team.notPlanned': 'Nichts geplant',
  'team.paused': 'Pausiert bis {day}',
  'team.promised': 'Was du zugesagt hast',
  'team.nothingOpen': 'Nichts offen',
  'team.late': 'war {form, select, date {am {day}} other {{day}}} fällig',
  'team.due': 'fällig {form, select, date {am {day}} other {{day}}}',
  'team.share': 'Was du teilst',
  'team.shareNothing': 'Du teilst nichts mit {name}.',
  'team.shareSomething': 'Eines deiner Ziele teilen',
};
