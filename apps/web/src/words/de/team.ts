import type { Translation } from '../sections.ts';

export const messages: Translation<'team'> = {
  'team.title': 'Team',
  'team.intro':
    'Die Menschen, deren Führungskraft du bist. Wen du am längsten nicht getroffen hast, steht zuerst.',
  'team.empty': 'Du führst niemanden',
  'team.emptyText':
    'Diese Seite ist für die Menschen, die du führst. Sie füllt sich, sobald du jemanden führst.',
  'team.last': 'Zuletzt getroffen',
  'team.neverMet': 'Noch nicht',
  'team.next': 'Als Nächstes',
  'team.notPlanned': 'Nichts geplant',
  'team.paused': 'Pausiert bis {day}',
  'team.promised': 'Was du versprochen hast',
  'team.nothingOpen': 'Nichts ist offen',
  'team.late': 'war fällig {day}',
  'team.due': 'fällig {day}',
  'team.share': 'Was du teilst',
  'team.shareNothing': 'Du teilst nichts mit {name}.',
  'team.shareSomething': 'Eines deiner Ziele teilen',
};
