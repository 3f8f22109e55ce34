import type { Translation } from '../sections.ts';

export const messages: Translation<'welcome'> = {
  'welcome.title': 'Willkommen, {name}',
  'welcome.own':
    'Hier hältst du fest, was du von deinem Leben willst, und sprichst darüber mit denen, die du dir aussuchst.',
  'welcome.part':
    'Arbeit ist ein Teil davon: Ein Ziel der Firma gehört nur dann zu einem deiner Ziele, wenn du es sagst.',
  'welcome.never':
    'Es ist für dein eigenes Leben da und für Vertrauen untereinander, nie für Gehalt, Bewertung, Beförderung oder Kündigung.',
  'welcome.sees': 'Wer was sehen kann',
  'welcome.you': 'Deine Ziele gehören dir',
  'welcome.youText':
    'Niemand liest ein Ziel, das du nicht geteilt hast, und du siehst, an welchem Tag jemand es gelesen hat.',
  'welcome.manager': 'Deine Führungskraft',
  'welcome.managerName': 'Deine Führungskraft, {name}',
  'welcome.managerText':
    'Sie sieht, was du mit ihr teilst und was ihr in euren Gesprächen zusammen aufschreibt. Sie sieht weder deine anderen Ziele noch deren Anzahl noch deine eigenen Notizen.',
  'welcome.administrators': 'Die Leute, die Mutual verwalten',
  'welcome.administratorsText':
    'Sie sehen das Verzeichnis und ob du ein Konto hast. Sie können keine Ziele, Gespräche oder Notizen lesen und sich nicht in deinem Namen anmelden.',
  'welcome.operator': 'Die Leute, die den Server betreiben',
  'welcome.operatorText':
    'Sie könnten technisch an das kommen, was in der Datenbank steht, wie bei jedem Dienst. Für alle anderen gibt es in Mutual keinen Weg dorthin.',
  'welcome.toGoals': 'Ein erstes Ziel aufschreiben',
  'welcome.toToday': 'Mein nächstes Gespräch ansehen',
};
