import { keyed, type DemoPair } from '../shapes.js';

/** One-to-ones in shops and customers and in software, and pairs from everywhere. */
export const otherTalks = keyed<DemoPair>()({
  'kenji-sayaka': {
    between: ['kenji', 'sayaka'],
    recurrence: { weeks: 2, on: 'MO', at: '10:00', zone: 'Asia/Tokyo' },
    past: 15,
    skipped: [7],
    points: [
      { by: 'sayaka', text: '土曜日は二人では足りません。', raised: 5, discussed: 4 },
      {
        by: 'kenji',
        text: '借りた方のお話を、もっと聞かせてください。',
        raised: 3,
        discussed: 3,
        about: { businessGoal: 'q3-lend-osaka' },
      },
      {
        by: 'sayaka',
        text: '五百人のうち三百三十一人。残りは冬に。',
        raised: 1,
        about: { goal: 'sayaka-shop' },
      },
    ],
    promises: [
      { by: 'kenji', text: '土曜日に自分も店に立つ。', made: 4, due: -45, done: -47 },
      { by: 'sayaka', text: '貸し出しノートを匠さんと一緒に整理する。', made: 2, due: 7 },
    ],
    notes: { 4: [['sayaka', '土曜日：健司さんが来る。レジは触らない約束。']] },
  },
  'kenji-takumi': {
    between: ['kenji', 'takumi'],
    recurrence: { weeks: 2, on: 'TH', at: '17:00', zone: 'Asia/Tokyo' },
    past: 12,
    minutes: 20,
    points: [{ by: 'takumi', text: '朝礼で三分話しました。', raised: 2, discussed: 1 }],
    promises: [
      {
        by: 'kenji',
        text: 'The 1971 hub goes into the window, with his name on the card.',
        made: 3,
        due: -20,
        done: -24,
      },
    ],
  },
  'kenji-yuki': {
    between: ['yuki', 'kenji'],
    recurrence: { weeks: 4, on: 'WE', at: '12:00', zone: 'Asia/Tokyo', phase: 2 },
    past: 8,
    points: [
      {
        by: 'yuki',
        text: 'ライプツィヒの夜は大阪の昼ではない。',
        raised: 4,
        discussed: 3,
        about: { goal: 'yuki-two-homes' },
      },
      { by: 'kenji', text: '次の山は？', raised: 1, discussed: 1, about: { goal: 'yuki-mountain' } },
    ],
    promises: [
      {
        by: 'kenji',
        text: 'Tell Aino myself, so that Yuki does not have to say it a third time.',
        made: 3,
        due: -55,
        done: -60,
      },
    ],
  },
  'etienne-kenji': {
    between: ['etienne', 'kenji'],
    recurrence: { weeks: 2, on: 'TU', at: '19:00', zone: 'America/Toronto' },
    past: 13,
    moved: { 3: 2 },
    points: [
      {
        by: 'kenji',
        text: 'Lending is not a campaign. If we call it one, it will end.',
        raised: 3,
        discussed: 2,
        about: { businessGoal: 'q3-lend' },
      },
    ],
    promises: [{ by: 'etienne', text: 'Not to call it a campaign.', made: 2, due: -18, done: -18 }],
  },
  'etienne-noemie': {
    between: ['noemie', 'etienne'],
    recurrence: { weeks: 1, on: 'WE', at: '11:00', zone: 'America/Toronto' },
    past: 26,
    skipped: [22, 14],
    points: [
      {
        by: 'noemie',
        text: 'Three minutes in front of the council. I have told nobody else yet.',
        raised: 14,
        discussed: 13,
        about: { goal: 'noemie-public-speaking' },
      },
      { by: 'etienne', text: "J'ai inventé soixante. Tu le savais ?", raised: 20, discussed: 20 },
      {
        by: 'noemie',
        text: "Oui. Et je n'ai rien dit. On fait comment la prochaine fois ?",
        raised: 20,
        discussed: 19,
      },
    ],
    promises: [
      { by: 'noemie', text: "Dire « je n'y crois pas » le jour même.", made: 19 },
      {
        by: 'etienne',
        text: 'Être au conseil municipal, au fond, sans bouger.',
        made: 13,
        due: -53,
        done: -53,
      },
    ],
  },
  'etienne-xiomara': {
    between: ['etienne', 'xiomara'],
    recurrence: { weeks: 2, on: 'FR', at: '10:00', zone: 'America/Toronto' },
    past: 14,
    points: [
      {
        by: 'xiomara',
        text: 'Five requests on Friday at six. I said yes to all five and was cross with you until Tuesday.',
        raised: 6,
        discussed: 5,
      },
      { by: 'xiomara', text: 'The jar is full.', raised: 1, discussed: 1, about: { goal: 'etienne-listen' } },
      { by: 'etienne', text: 'Would the piano man speak at the spring fair?', raised: 1 },
    ],
    promises: [
      {
        by: 'etienne',
        text: 'No request after Wednesday noon for the same week.',
        made: 5,
        due: -55,
        done: -58,
      },
      { by: 'xiomara', text: 'Be cross on the same day.', made: 5 },
    ],
    notes: { 5: [['etienne', 'Friday at six is my thinking time. It was her bath time. Noted.']] },
  },
  'etienne-aroha': {
    between: ['etienne', 'aroha'],
    recurrence: { weeks: 2, on: 'MO', at: '16:00', zone: 'America/Toronto', phase: 1 },
    past: 11,
    skipped: [4],
    points: [
      {
        by: 'aroha',
        text: 'When there is a tangi I go, and I do not know for how long. How do we do that without me asking each time?',
        raised: 6,
        discussed: 5,
      },
      {
        by: 'etienne',
        text: 'Partner shops: who taught whom last month?',
        raised: 2,
        discussed: 1,
        about: { businessGoal: 'q3-repairers' },
      },
    ],
    promises: [
      { by: 'etienne', text: 'She goes. We find out who covers, not she.', made: 5, due: -50, done: -54 },
    ],
  },
  'noemie-desmond': {
    between: ['noemie', 'desmond'],
    recurrence: { weeks: 1, on: 'TU', at: '09:30', zone: 'America/Toronto' },
    past: 22,
    minutes: 30,
    skipped: [15],
    points: [
      {
        by: 'desmond',
        text: 'Seminar on Thursdays from four. I can open the shop instead of closing it.',
        raised: 10,
        discussed: 9,
        about: { goal: 'desmond-degree' },
      },
      {
        by: 'noemie',
        text: 'Forty families: what would make you proud of it, apart from forty?',
        raised: 3,
        discussed: 2,
        about: { businessGoal: 'q3-lend-montreal' },
      },
      { by: 'desmond', text: 'The drawing of the goose with the helmet belongs on the door.', raised: 0 },
    ],
    promises: [
      { by: 'noemie', text: 'Thursdays, in the rota, until June.', made: 9, due: -50, done: -52 },
      { by: 'desmond', text: 'Lend me the essay.', writtenBy: 'noemie', made: 4, due: -10, done: -2 },
    ],
  },
  'ananya-vikram': {
    between: ['ananya', 'vikram'],
    recurrence: { weeks: 1, on: 'MO', at: '11:00', zone: 'Asia/Kolkata' },
    past: 24,
    skipped: [17, 6],
    points: [
      {
        by: 'vikram',
        text: 'I answer on Sundays and then everybody thinks that they have to.',
        raised: 17,
        discussed: 15,
        about: { goal: 'vikram-weekend' },
      },
      {
        by: 'ananya',
        text: 'Two truths, one depot. Who decides?',
        raised: 2,
        discussed: 1,
        about: { businessGoal: 'q3-sync' },
      },
    ],
    promises: [
      { by: 'vikram', text: 'Telephone off on Sundays. Visibly.', made: 15, due: -95, done: -98 },
      { by: 'ananya', text: 'Not to be the reason.', made: 15, due: -95, done: -96 },
    ],
  },
  'vikram-meera': {
    between: ['vikram', 'meera'],
    recurrence: { weeks: 2, on: 'TH', at: '12:00', zone: 'Asia/Kolkata' },
    past: 14,
    points: [
      {
        by: 'meera',
        text: 'Everybody has an opinion on my doctorate. I would like to think aloud with somebody who has none.',
        raised: 6,
        discussed: 6,
        about: { goal: 'meera-phd' },
      },
      {
        by: 'meera',
        text: "The library is mine and the merging is the company's. Where is the line?",
        raised: 3,
        discussed: 2,
        about: { goal: 'meera-open-source' },
      },
    ],
    promises: [
      { by: 'vikram', text: 'No opinion.', made: 6, due: -60, done: -60 },
      { by: 'vikram', text: 'The line, in writing, from legal.', made: 2, due: -16, done: -12 },
    ],
  },
  'vikram-farhan': {
    between: ['farhan', 'vikram'],
    recurrence: { weeks: 2, on: 'TU', at: '12:30', zone: 'Asia/Kolkata' },
    past: 13,
    points: [
      {
        by: 'vikram',
        text: 'The stairs to the meeting room. I had never counted them.',
        raised: 5,
        discussed: 5,
      },
      {
        by: 'farhan',
        text: 'The keyboard in Ghent. I am rather proud of this one.',
        raised: 0,
        about: { businessGoal: 'q3-sync' },
      },
    ],
    promises: [
      { by: 'vikram', text: 'We meet on the ground floor from now on.', made: 5, due: -52, done: -56 },
    ],
  },
  'dmytro-eszter': {
    between: ['dmytro', 'eszter'],
    recurrence: { weeks: 1, on: 'TH', at: '16:00', zone: 'Europe/Berlin' },
    until: -122,
    past: 16,
    skipped: [11],
    points: [
      {
        by: 'dmytro',
        text: 'The firmware moves to software, and you with it if you want to. I would rather that you hear it from me.',
        raised: 4,
        discussed: 3,
      },
      {
        by: 'eszter',
        text: 'The concert. You promised to come, whoever I report to.',
        raised: 1,
        about: { goal: 'eszter-quartet' },
      },
    ],
    promises: [
      { by: 'dmytro', text: 'Come to the concert.', made: 2 },
      {
        by: 'eszter',
        text: 'The bootloader notes, readable for somebody who is not me.',
        made: 3,
        due: -125,
        done: -127,
      },
    ],
    notes: { 1: [['eszter', 'Last one under this roof. He brought plums.']] },
  },
  'vikram-eszter': {
    between: ['vikram', 'eszter'],
    recurrence: { weeks: 1, on: 'WE', at: '09:30', zone: 'Europe/Berlin' },
    past: 16,
    skipped: [9],
    cancelled: [13],
    points: [
      {
        by: 'vikram',
        text: 'You had a manager who worked two doors away. How do we do this from 7,000 km?',
        raised: 16,
        discussed: 15,
      },
      {
        by: 'eszter',
        text: 'Finished means finished. Will you defend that when sales wants lights that blink?',
        raised: 6,
        discussed: 5,
        about: { businessGoal: 'q3-firmware' },
      },
      {
        by: 'vikram',
        text: 'Sunday: your mail from 23:40. It can wait, and so can you.',
        raised: 2,
        discussed: 2,
      },
      {
        by: 'eszter',
        text: 'The one user of the mood lighting has answered. Four pages. I am moved.',
        raised: 0,
      },
    ],
    promises: [
      { by: 'vikram', text: 'Defend "finished".', made: 5, due: -20, done: -26 },
      {
        by: 'vikram',
        text: 'Be in Leipzig once a quarter, with nothing in the calendar.',
        made: 15,
        due: -30,
        done: -19,
      },
      { by: 'eszter', text: 'No mail on Sundays.', made: 2, due: 25 },
    ],
  },
  'vikram-lobsang': {
    between: ['vikram', 'lobsang'],
    recurrence: { weeks: 2, on: 'FR', at: '11:00', zone: 'Asia/Kolkata' },
    past: 12,
    minutes: 30,
    points: [
      {
        by: 'lobsang',
        text: 'A month of silence each year. This is the form; there is no field for it.',
        raised: 11,
        discussed: 10,
      },
    ],
    promises: [{ by: 'vikram', text: 'Talk to Lucía about the field.', made: 10, due: -120, done: -124 }],
  },
  'emre-eszter': {
    between: ['eszter', 'emre'],
    dates: { on: [-33, -69], at: '14:00', zone: 'Europe/Berlin' },
    past: 2,
    minutes: 45,
    points: [
      {
        by: 'emre',
        text: 'Why does the board die when it is cold and wet, and never when it is only one of the two?',
        raised: 2,
        discussed: 1,
        about: { goal: 'emre-electronics' },
      },
      { by: 'eszter', text: 'Bring me three dead ones.', raised: 1 },
    ],
  },
  'aroha-otieno': {
    between: ['aroha', 'otieno'],
    dates: { on: [12, -29, -60], at: '08:00', zone: 'Africa/Nairobi' },
    past: 2,
    points: [
      { by: 'otieno', text: 'How do you teach people who know more than you?', raised: 1, discussed: 1 },
    ],
    promises: [
      { by: 'aroha', text: 'Send the course as we give it, tea included.', made: 1, due: -10, done: -11 },
    ],
  },
  'siobhan-xiomara': {
    between: ['xiomara', 'siobhan'],
    recurrence: { weeks: 2, on: 'TH', at: '16:00', zone: 'Europe/Berlin' },
    state: 'ENDED',
    until: -51,
    past: 6,
    points: [
      {
        by: 'siobhan',
        text: 'How does one ask somebody for their story without stealing it?',
        raised: 6,
        discussed: 5,
      },
    ],
    promises: [
      { by: 'xiomara', text: 'The list of questions that I never ask.', made: 4, due: -80, done: -83 },
    ],
    notes: { 1: [['siobhan', 'We agreed that it is done, which is a lovely way for something to end.']] },
  },
  'baraka-celeste': {
    between: ['baraka', 'celeste'],
    state: 'INVITED',
    invited: -5,
    past: 0,
    dates: { on: [], at: '15:00', zone: 'Africa/Nairobi' },
  },
  'noemie-clementine': {
    between: ['noemie', 'clementine'],
    state: 'INVITED',
    invited: -11,
    declined: true,
    past: 0,
    dates: { on: [], at: '10:00', zone: 'America/Toronto' },
  },
});
