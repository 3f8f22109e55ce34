import type { QuestionLanguage } from '#conversations';
import type { Driver, PulseScale } from './pulse.model.js';

/** A question of a pulse, with its text in each language. On ONE_TO_FIVE it is a statement; 5 is always the best score. */
export interface BankQuestion {
  /** Never reused for another question, because pulses refer to it. */
  readonly id: string;
  readonly driver: Driver;
  readonly scale: PulseScale;
  readonly EN: string;
  readonly DE: string;
}

type Texts = readonly (readonly [en: string, de: string])[];

const MUTUAL_TRUST: Texts = [
  ['What my manager promises me, my manager keeps.', 'Was meine Führungskraft mir verspricht, das hält sie.'],
  [
    'I can admit a mistake here without having to fear for my standing.',
    'Ich kann hier einen Fehler zugeben, ohne um mein Ansehen fürchten zu müssen.',
  ],
  ['Our leaders tell us the bad news too.', 'Unsere Führung sagt uns auch die schlechten Nachrichten.'],
  [
    'I trust my manager with what matters to me.',
    'Ich kann meiner Führungskraft anvertrauen, was mir wichtig ist.',
  ],
];

const AUTONOMY: Texts = [
  [
    'I can decide myself what I am responsible for.',
    'Was ich verantworte, kann ich auch selbst entscheiden.',
  ],
  [
    'When a customer needs a quick answer, I am allowed to give it.',
    'Wenn ein Kunde schnell eine Antwort braucht, darf ich sie geben.',
  ],
  [
    'I can do my work in the way that I consider right.',
    'Ich kann meine Arbeit so machen, wie ich es für richtig halte.',
  ],
  [
    'Our internal procedures help me more than they hinder me.',
    'Unsere internen Abläufe helfen mir mehr, als sie mich behindern.',
  ],
];

const PURPOSE: Texts = [
  ['I know whom my work helps.', 'Ich weiß, wem meine Arbeit hilft.'],
  [
    'My work here serves something that matters in my life.',
    'Meine Arbeit hier dient etwas, das in meinem Leben zählt.',
  ],
  [
    'I understand why our goals are what they are.',
    'Ich verstehe, warum unsere Ziele so sind, wie sie sind.',
  ],
  [
    'I would stand up for what we sell to our customers.',
    'Ich stehe hinter dem, was wir unseren Kunden verkaufen.',
  ],
];

const GROWTH: Texts = [
  [
    'In the last three months I have learned something here that I want to be able to do.',
    'In den letzten drei Monaten habe ich hier etwas gelernt, das ich können möchte.',
  ],
  ['I know what my next step here could be.', 'Ich weiß, was hier mein nächster Schritt sein könnte.'],
  ['I get feedback that helps me to get better.', 'Ich bekomme Rückmeldungen, die mich besser machen.'],
  ['I get tasks that I grow with.', 'Ich bekomme Aufgaben, an denen ich wachse.'],
];

const RECOGNITION: Texts = [
  [
    'When I have done something well, somebody notices.',
    'Wenn mir etwas gut gelungen ist, bemerkt es jemand.',
  ],
  [
    'In my team, credit goes to the people who did the work.',
    'In meinem Team werden die gewürdigt, die die Arbeit gemacht haben.',
  ],
  ['I feel treated fairly.', 'Ich fühle mich fair behandelt.'],
  ['My manager knows what I contribute.', 'Meine Führungskraft weiß, was ich beitrage.'],
];

const WELLBEING: Texts = [
  [
    'After work I have strength left for the rest of my life.',
    'Nach der Arbeit habe ich noch Kraft für mein übriges Leben.',
  ],
  ['The amount of work that I have can be done well.', 'Die Menge meiner Arbeit lässt sich gut schaffen.'],
  ['I can switch off when I am not working.', 'Ich kann abschalten, wenn ich nicht arbeite.'],
  ['If I am not well, I find understanding here.', 'Wenn es mir nicht gut geht, finde ich hier Verständnis.'],
];

const VOICE: Texts = [
  [
    'When I say what gets in the way of my work, something changes.',
    'Wenn ich sage, was mich bei der Arbeit behindert, ändert sich etwas.',
  ],
  [
    'I can disagree with my manager without a disadvantage.',
    'Ich kann meiner Führungskraft widersprechen, ohne einen Nachteil zu haben.',
  ],
  [
    'What our customers tell us reaches the people who decide.',
    'Was Kunden uns sagen, kommt bei denen an, die entscheiden.',
  ],
  [
    'I am asked before something is decided that concerns my work.',
    'Ich werde gefragt, bevor etwas entschieden wird, das meine Arbeit betrifft.',
  ],
];

/** A single one: the employee net promoter score is defined by it, and compared over the years. */
const RECOMMEND: Texts = [
  [
    'How likely is it that you would recommend working here to a friend?',
    'Wie wahrscheinlich ist es, dass du Freunden empfehlen würdest, hier zu arbeiten?',
  ],
];

const TEXTS: Readonly<Record<Driver, Texts>> = {
  MUTUAL_TRUST,
  AUTONOMY,
  PURPOSE,
  GROWTH,
  RECOGNITION,
  WELLBEING,
  VOICE,
  RECOMMEND,
};

/** All questions. New ones are added at the end of their driver: an ID holds the place of its question. */
export const PULSE_QUESTIONS: readonly BankQuestion[] = Object.entries(TEXTS).flatMap(([driver, texts]) =>
  texts.map(([en, de], index) => ({
    id: `${driver.toLowerCase().replaceAll('_', '-')}-${String(index + 1)}`,
    driver: driver as Driver,
    scale: driver === 'RECOMMEND' ? 'ZERO_TO_TEN' : 'ONE_TO_FIVE',
    EN: en,
    DE: de,
  })),
);

/** Which drivers the pulse of each month of a quarter asks about. */
const DRIVERS_OF_MONTHS: readonly (readonly Driver[])[] = [
  ['MUTUAL_TRUST', 'AUTONOMY', 'PURPOSE'],
  ['GROWTH', 'RECOGNITION', 'RECOMMEND'],
  ['WELLBEING', 'VOICE'],
];

/** The questions of a month's pulse. @param firstDay of the month, as YYYY-MM-DD */
export function questionsOfMonth(firstDay: string): BankQuestion[] {
  const { quarter, month } = placeOf(firstDay);
  return (DRIVERS_OF_MONTHS[month] ?? []).map((driver) => questionOf(driver, quarter));
}

/** The questions of a quarter's pulse: one for each driver. @param firstDay of one of its months, as YYYY-MM-DD */
export function questionsOfQuarter(firstDay: string): BankQuestion[] {
  const { quarter } = placeOf(firstDay);
  return DRIVERS_OF_MONTHS.flat().map((driver) => questionOf(driver, quarter));
}

/** @throws Error for an ID that no question has had */
export function textOf(id: string, language: QuestionLanguage): string {
  const found = PULSE_QUESTIONS.find((one) => one.id === id);
  if (!found) throw new Error(`The question bank has no question ${id}.`);
  return found[language];
}

/** A driver's questions take turns, one a quarter. */
function questionOf(driver: Driver, quarter: number): BankQuestion {
  const all = PULSE_QUESTIONS.filter((one) => one.driver === driver);
  const question = all[quarter % all.length];
  if (!question) throw new Error(`The question bank has no question about ${driver}.`);
  return question;
}

/** The number of the quarter since the year 0, and the place of the month in it. */
function placeOf(firstDay: string): { quarter: number; month: number } {
  const months = Number(firstDay.slice(0, 4)) * 12 + Number(firstDay.slice(5, 7)) - 1;
  return { quarter: Math.floor(months / 3), month: months % 3 };
}
