export const messages = {
  'welcome.title': 'Welcome, {name}',
  'welcome.own': 'Here you keep what you want from your life, and talk about it with the people you choose.',
  'welcome.part':
    'Work is one part of that: a goal of the company belongs to one of yours only when you say so.',
  'welcome.never':
    'It is for your own life and for trust between people, and is never used for pay, rating, promotion or dismissal.',
  'welcome.sees': 'Who can see what',
  'welcome.you': 'Your goals are your own',
  'welcome.youText':
    'Nobody reads a goal unless you share it with them, and you can see on which day they read it.',
  'welcome.manager': 'Your manager',
  'welcome.managerName': 'Your manager, {name}',
  'welcome.managerText':
    'They see what you share with them, and what the two of you write together in your one-to-ones. They see neither your other goals, nor how many there are, nor your private notes.',
  'welcome.administrators': 'Administrators',
  'welcome.administratorsText':
    'They see the directory and whether you have an account. They cannot read goals, conversations or notes, and cannot sign in as you.',
  'welcome.operator': 'The people who run the server',
  'welcome.operatorText':
    'They could technically reach what is stored in its database, as with any service. Mutual gives nobody else a way to it.',
  'welcome.toGoals': 'Write a first goal',
  'welcome.toToday': 'Look at my next conversation',
} as const;
