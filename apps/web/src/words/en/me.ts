export const messages = {
  'me.title': 'Me',
  'me.tab.profile': 'Profile',
  'me.tab.signIn': 'Sign-in',
  'me.tab.readers': 'Readers',
  'me.tab.shares': 'Sharing',
  'me.tab.data': 'My data',
  'me.signIn': 'Signing in',
  'me.readers': 'Who read my goals',
  'me.shares': 'What I share',
  'me.data': 'My data',
  'me.giveUp': 'Leave it as it is',

  'me.directory': 'As others see you',
  'me.directoryText':
    'Everybody in your organization can see this. It comes from the directory. Is something wrong? Ask the people who keep it.',
  'me.jobTitle': 'Job title',
  'me.department': 'Department',
  'me.location': 'Location',
  'me.manager': 'Manager',
  'me.email': 'E-mail address',
  'me.settings': 'Settings',
  'me.reminders': 'Reminders by mail',
  'me.remindersText':
    'The day before a one-to-one, when a one-to-one has no notes yet, and when there is a question to everybody. They say who and when, never what was written.',
  'me.appearance': 'Appearance',
  'me.light': 'Light',
  'me.dark': 'Dark',
  'me.auto': 'As the device',
  'me.signOut': 'Sign out',

  'me.address': 'Sign-in address',
  'me.address.change': 'Change the address',
  'me.address.new': 'New address',
  'me.address.text':
    'Only you see and change it; it is not the address in the directory. Both addresses get a mail, and the new one has to confirm. Then it changes as soon as the old one has confirmed too, or after seven days. Every device is signed out.',
  'me.address.ask': 'Send the mails',
  'me.address.waitsNew':
    'It will be {email} once that address has confirmed: open the link in the mail that was sent there.',
  'me.address.waitsOld':
    'It will be {email} as soon as the current address has confirmed it too, and on {day} at the latest.',
  'me.address.cancel': 'Cancel the change',
  'me.password': 'Password',
  'me.password.change': 'Change the password',
  'me.password.text':
    'Every other device is signed out. A change of your sign-in address that is pending is cancelled, and programs to which you gave access (API tokens) lose it.',
  'me.password.current': 'Current password',
  'me.password.yours': 'Your password',
  'me.password.wrong': 'This is not your password.',
  'me.password.save': 'Save the password',
  'me.password.changed': 'Your password was changed.',
  'me.sessions': 'Where you are signed in',
  'me.sessions.this': 'This device',
  'me.sessions.seen': 'Last used {day}',
  'me.sessions.end': 'Sign out',
  'me.sessions.endOf': 'Sign out {label}',
  'me.sessions.endOthers': 'Sign out the {count} others',
  'me.sessions.ended': '{count, plural, one {One device was signed out.} other {# devices were signed out.}}',
  'me.sessions.onlyThis': 'You are signed in nowhere else.',

  'me.readersText':
    'When somebody is shown a goal that you share with them by name, it is noted here: who, which goal, and on which day, without the time. They know that before they read it.',
  'me.readers.mine': 'Read by others',
  'me.readers.none': 'Nobody has read a goal of yours.',
  'me.readers.OPENED': '{name} opened <q>{title}</q>',
  'me.readers.LISTED': '{name} saw <q>{title}</q> in a list',
  'me.readers.deleted': '{name} read a goal that is deleted',
  'me.readers.ownOPENED':
    '{count, plural, one {You opened a goal of {name}} other {You opened # goals of {name}}}',
  'me.readers.ownLISTED':
    '{count, plural, one {You saw a goal of {name} in a list} other {You saw # goals of {name} in a list}}',
  'me.readers.own': 'Read by me',
  'me.readers.ownText':
    'The people these goals belong to see the same, with the titles. There are no titles here: showing them would count as reading again.',
  'me.readers.ownNone': 'You have read no goal that somebody shares with you by name.',

  'me.sharesText':
    'Goals that you share with people by name. You can stop sharing at any time; nobody is notified.',
  'me.shares.none': 'You share no goal with anybody.',
  'me.shares.toGoals': 'To my goals',
  'me.shares.active': 'Can be read since {day}',
  'me.shares.activeUntil': 'Can be read since {day}, until the end of {last}',
  'me.shares.pending':
    'Waits until {name} shares something first. {name} cannot see this and is not notified.',
  'me.shares.ended': 'Ended. {name} can no longer read it.',
  'me.shares.end': 'Stop sharing',
  'me.shares.endOf': 'Stop sharing: {title}',
  'me.shares.again': 'Share again',
  'me.shares.againOf': 'Share again: {title}',

  'me.dataText': 'What you write here is yours. You can take it with you, and have it erased.',
  'me.export': 'Take it with you',
  'me.export.text':
    'A file with your own goals and your own words, for reading and for other programs. Only you can download it, for seven days. Up to three a day.',
  'me.export.make': 'Make a file to download',
  'me.export.making': 'The file is being made …',
  'me.export.ready': 'The file is ready.',
  'me.export.of': '{day}, {time}',
  'me.export.until': 'Will be deleted {day}',
  'me.export.download': 'Download',
  'me.erased.title': 'What is erased',
  'me.erased.stays': 'What stays',
  'me.erased.goals':
    '{count, plural, one {# personal goal} other {# personal goals}}, with milestones, {updates, plural, one {# entry} other {# entries}}, earlier wordings, shares, and who read them',
  'me.erased.points': '{count, plural, one {# point} other {# points}} on agendas, shared ones and drafts',
  'me.erased.privateNotes':
    'Your private notes of {count, plural, one {# conversation} other {# conversations}}',
  'me.erased.sharedNotes':
    'Your lines in the shared notes of {count, plural, one {# conversation} other {# conversations}}; a note shows where they were',
  'me.erased.promises':
    'The text of {count, plural, one {# promise} other {# promises}}, if the last wording is yours, and your earlier wordings',
  'me.erased.feedback': 'Your feedback on {count, plural, one {# conversation} other {# conversations}}',
  'me.erased.templates': '{count, plural, one {# template} other {# templates}} for agendas',
  'me.erased.mandates':
    'What you wrote about {count, plural, one {# thing} other {# things}} that may be decided without asking; that ends',
  'me.erased.proposals':
    'What you wrote in {count, plural, one {# proposal} other {# proposals}} for goals of others; unanswered ones are withdrawn',
  'me.erased.imports':
    '{count, plural, one {# document} other {# documents}} with earlier notes that you proposed and nobody has accepted',
  'me.erased.files': 'Your export files',
  'me.erased.account': 'Your account, your sessions, and your entry in the directory',
  'me.erased.others': 'What others wrote, the dates of your one-to-ones, and that you met',
  'me.erased.work':
    '{count, plural, one {# business goal, check-in, barrier, answer or story} other {# business goals, check-ins, barriers, answers and stories}} of yours',
  'me.erased.entry': 'Your account, and your entry in the directory, which is your employer’s',
  'me.erased.left': 'That somebody left, with the dates, but not your name',
  'me.bring': 'Bring goals in',
  'me.bring.text':
    'From a file of Mutual, made here or in another organization. Only you see these goals. Choosing the same file twice does no harm.',
  'me.bring.file': 'The export',
  'me.bring.fileHint': 'The ZIP file as you downloaded it, or the file goals.json in it.',
  'me.bring.foreign': 'This is not an export of Mutual: there are no goals in it. Nothing was imported.',
  'me.bring.running': 'The goals are being added …',
  'me.bring.done':
    '{imported, plural, =0 {No goal was new.} one {One goal was added.} other {# goals were added.}}{present, plural, =0 {} one { One was there already.} other { # were there already.}}',
  'me.bring.toGoals': 'To my goals',
  'me.bring.faults':
    'The file was changed, or is damaged: {count, plural, one {one value} other {# values}} cannot be read. Nothing of it was imported. Choose the file as it was exported.',
  'me.export.failed': 'It could not be downloaded. Try again.',
  'me.erasure': 'Have it erased',
  'me.erasure.text':
    'Your personal goals and what you wrote in your one-to-ones are erased everywhere, seven days after you ask for it. Until then you can change your mind.',
  'me.erasure.look': 'See what would be erased',
  'me.erasure.sure': 'Are you sure? It is erased in seven days, and nobody can bring it back after that.',
  'me.erasure.yes': 'Yes, erase it in seven days',
  'me.erasure.no': 'No, keep everything',
  'me.erasure.pending': 'What you wrote will be erased on {day}. Until then you can cancel it.',
  'me.erasure.cancel': 'Cancel, and keep everything',
} as const;
