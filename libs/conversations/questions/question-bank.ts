import type { QuestionTopic } from './question.model.js';

/** A question of the bank, with its text in each language. */
export interface BankQuestion {
  /** Never reused for another question, because talking points refer to it. */
  readonly id: string;
  readonly topic: QuestionTopic;
  readonly EN: string;
  readonly DE: string;
}

type Texts = readonly (readonly [en: string, de: string])[];

const CUSTOMERS: Texts = [
  [
    'What did a customer tell you lately that we should hear?',
    'Was hat dir in letzter Zeit ein Kunde gesagt, das wir hören sollten?',
  ],
  ['Which question do customers ask you again and again?', 'Welche Frage stellen dir Kunden immer wieder?'],
  [
    'Where did you last have to say no to a customer although you wanted to say yes?',
    'Wo musstest du zuletzt einem Kunden Nein sagen, obwohl du Ja sagen wolltest?',
  ],
  [
    'What would you let customers decide themselves if it were up to you?',
    'Was würdest du Kunden selbst entscheiden lassen, wenn es nach dir ginge?',
  ],
  [
    'Which of our rules makes sense to us but not to a customer?',
    'Welche unserer Regeln leuchtet uns ein, aber keinem Kunden?',
  ],
  [
    'What did you do for a customer lately that you are proud of?',
    'Was hast du in letzter Zeit für einen Kunden getan, auf das du stolz bist?',
  ],
  [
    'What do customers love about us that we hardly notice ourselves?',
    'Was schätzen Kunden an uns, das wir selbst kaum bemerken?',
  ],
  [
    'Which customer should somebody call this week, and why?',
    'Welchen Kunden sollte diese Woche jemand anrufen, und warum?',
  ],
  [
    'What do we do only because a customer once asked for it?',
    'Was tun wir nur noch, weil es einmal ein Kunde verlangt hat?',
  ],
  [
    'Where do customers wait for us longer than they should?',
    'Wo warten Kunden länger auf uns, als sie sollten?',
  ],
  [
    'What would you like to be allowed to decide for a customer without asking?',
    'Was möchtest du für einen Kunden entscheiden dürfen, ohne zu fragen?',
  ],
  [
    'If you were our customer for a day, what would annoy you first?',
    'Wenn du einen Tag lang unser Kunde wärst: Was würde dich zuerst ärgern?',
  ],
  [
    'Who are your customers inside the company, and what do they need from you?',
    'Wer sind deine Kunden innerhalb des Unternehmens, und was brauchen sie von dir?',
  ],
  [
    'Which customer did we lose, and what have we learned from it?',
    'Welchen Kunden haben wir verloren, und was haben wir daraus gelernt?',
  ],
  [
    'What did you promise a customer that we as a company find hard to keep?',
    'Was hast du einem Kunden versprochen, das wir als Unternehmen schwer halten können?',
  ],
  [
    'What would make a customer tell a friend about us?',
    'Was würde einen Kunden dazu bringen, Freunden von uns zu erzählen?',
  ],
];

const FIRST_CONVERSATION: Texts = [
  [
    'How would you like us to use this time together?',
    'Wie möchtest du, dass wir diese gemeinsame Zeit nutzen?',
  ],
  ['What should I know about the way you like to work?', 'Was sollte ich über deine Art zu arbeiten wissen?'],
  [
    'What did a former manager do that helped you a lot?',
    'Was hat eine frühere Führungskraft getan, das dir sehr geholfen hat?',
  ],
  [
    'What would you rather not experience again with a manager?',
    'Was möchtest du mit einer Führungskraft lieber nicht noch einmal erleben?',
  ],
  [
    'How do you like to hear praise: in private, in front of others, in writing?',
    'Wie hörst du Lob am liebsten: unter vier Augen, vor anderen, schriftlich?',
  ],
  ['How do you like to hear criticism?', 'Wie hörst du Kritik am liebsten?'],
  ['What makes a working day a good one for you?', 'Was macht einen Arbeitstag für dich zu einem guten?'],
  [
    'When do you need to be left alone, and how do I notice?',
    'Wann brauchst du Ruhe, und woran merke ich das?',
  ],
  [
    'What are you good at that hardly anybody here knows about?',
    'Was kannst du gut, wovon hier kaum jemand weiß?',
  ],
  ['What would you like to know about me?', 'Was möchtest du über mich wissen?'],
  [
    'What should stay between the two of us, and what may I pass on?',
    'Was soll unter uns bleiben, und was darf ich weitergeben?',
  ],
  [
    'How will we tell each other when something between us does not work?',
    'Wie sagen wir einander, wenn zwischen uns etwas nicht gut läuft?',
  ],
  [
    'What brought you here, and what keeps you here?',
    'Was hat dich hierher geführt, und was hält dich hier?',
  ],
  [
    'What do you need from me in the next four weeks?',
    'Was brauchst du in den nächsten vier Wochen von mir?',
  ],
  [
    'What have you started that you would not like to lose through the change of manager?',
    'Was hast du begonnen, das durch den Wechsel der Führungskraft nicht verloren gehen soll?',
  ],
  [
    'How often should we talk, and at what time of day?',
    'Wie oft sollten wir sprechen, und zu welcher Tageszeit?',
  ],
];

const TRUST: Texts = [
  ['What did I promise you that I have not kept?', 'Was habe ich dir versprochen und nicht gehalten?'],
  [
    'What do you not tell me because you expect that it changes nothing?',
    'Was sagst du mir nicht, weil du glaubst, dass es nichts ändert?',
  ],
  [
    'Where do I check on you although it would not be necessary?',
    'Wo kontrolliere ich dich, obwohl es nicht nötig wäre?',
  ],
  ['Which decision would you like to make without me?', 'Welche Entscheidung möchtest du ohne mich treffen?'],
  [
    'When did you last feel that somebody here had your back?',
    'Wann hast du zuletzt gespürt, dass hier jemand hinter dir steht?',
  ],
  ['What did we say lately that we do not do?', 'Was haben wir in letzter Zeit gesagt und tun es nicht?'],
  [
    'Which mistake of mine should I talk about openly in the team?',
    'Über welchen meiner Fehler sollte ich im Team offen sprechen?',
  ],
  [
    'What do people talk about only when I am not in the room?',
    'Worüber wird nur gesprochen, wenn ich nicht im Raum bin?',
  ],
  [
    'Where do you feel treated fairly here, and where not?',
    'Wo fühlst du dich hier gerecht behandelt, und wo nicht?',
  ],
  [
    'What would you dare to try if a failure did no harm?',
    'Was würdest du wagen, wenn ein Fehlschlag nicht schaden würde?',
  ],
  ['Which piece of information do you always get too late?', 'Welche Information bekommst du immer zu spät?'],
  ['What have I not thanked you for?', 'Wofür habe ich dir nicht gedankt?'],
  [
    'Whom in the company do you trust to solve a difficult problem, and what do they do differently?',
    'Wem im Unternehmen traust du zu, ein schwieriges Problem zu lösen, und was macht diese Person anders?',
  ],
  ['What could we stop measuring?', 'Was könnten wir aufhören zu messen?'],
  [
    'Is there something between us that we should clear up?',
    'Gibt es etwas zwischen uns, das wir klären sollten?',
  ],
  [
    'What should I share with you first before I expect it of you?',
    'Was sollte ich dir zuerst von mir erzählen, bevor ich es von dir erwarte?',
  ],
];

const FEEDBACK_UPWARD: Texts = [
  ['What should I do more often, and what less?', 'Was sollte ich öfter tun, und was seltener?'],
  ['Which of my decisions did you not understand?', 'Welche meiner Entscheidungen hast du nicht verstanden?'],
  ['Where am I in your way?', 'Wo stehe ich dir im Weg?'],
  ['Which meeting with me could we do without?', 'Auf welches Treffen mit mir könnten wir verzichten?'],
  [
    'What do I do under pressure that makes your work harder?',
    'Was tue ich unter Druck, das dir die Arbeit schwerer macht?',
  ],
  [
    'When did I last really listen to you, and when not?',
    'Wann habe ich dir zuletzt wirklich zugehört, und wann nicht?',
  ],
  ['What would you do first in my place?', 'Was würdest du an meiner Stelle als Erstes tun?'],
  ['What do I see differently from the team?', 'Was sehe ich anders als das Team?'],
  ['Which topic do I avoid?', 'Welchem Thema gehe ich aus dem Weg?'],
  ['How clear is it to you what matters most to me?', 'Wie klar ist dir, was mir am wichtigsten ist?'],
  [
    'Where should I stand up for you or the team more?',
    'Wo sollte ich mich mehr für dich oder das Team einsetzen?',
  ],
  [
    'Which piece of praise from me came too late or not at all?',
    'Welches Lob von mir kam zu spät oder gar nicht?',
  ],
  [
    'What do I take on that you or somebody else could do better?',
    'Was übernehme ich, das du oder jemand anderes besser könnte?',
  ],
  ['What should I learn?', 'Was sollte ich lernen?'],
  [
    'What would you tell a friend who wanted to work for me?',
    'Was würdest du Freunden sagen, die bei mir arbeiten wollen?',
  ],
  [
    'What did I change after your feedback, and what not?',
    'Was habe ich nach deiner Rückmeldung geändert, und was nicht?',
  ],
];

const CAREER: Texts = [
  [
    'What would you like to be able to do in two years that you cannot do today?',
    'Was möchtest du in zwei Jahren können, das du heute nicht kannst?',
  ],
  [
    'Which part of your work gives you energy, and which takes it?',
    'Welcher Teil deiner Arbeit gibt dir Kraft, und welcher kostet Kraft?',
  ],
  [
    'Whose work here would you like to try for a week?',
    'Wessen Arbeit hier würdest du gern eine Woche lang ausprobieren?',
  ],
  ['What did you learn in the last three months?', 'Was hast du in den letzten drei Monaten gelernt?'],
  ['Which task have you outgrown?', 'Aus welcher Aufgabe bist du herausgewachsen?'],
  ['What would you like to be asked for advice on?', 'Wobei möchtest du um Rat gefragt werden?'],
  [
    'Who could teach you something, and how do we bring you together?',
    'Von wem könntest du etwas lernen, und wie bringen wir euch zusammen?',
  ],
  ['What could you teach others?', 'Was könntest du anderen beibringen?'],
  ['Which skill of yours do we not use?', 'Welche deiner Fähigkeiten nutzen wir nicht?'],
  [
    'Would you rather go deeper into your subject or into leading people, or neither?',
    'Möchtest du dich eher fachlich vertiefen oder Menschen führen, oder keines von beiden?',
  ],
  [
    'What would the next step be that is a little too big for you?',
    'Was wäre der nächste Schritt, der dir eine Nummer zu groß ist?',
  ],
  ['Which project would you like to be part of?', 'An welchem Projekt möchtest du beteiligt sein?'],
  ['What would you regret not having tried here?', 'Was würdest du bereuen, hier nicht versucht zu haben?'],
  ['Where do you want recognition, and from whom?', 'Wofür wünschst du dir Anerkennung, und von wem?'],
  [
    'What holds you back, and what of it can we change together?',
    'Was hält dich zurück, und was davon können wir gemeinsam ändern?',
  ],
  [
    'If you were to leave one day, for what kind of work would it be?',
    'Wenn du eines Tages gehen würdest: Für welche Art von Arbeit wäre es?',
  ],
];

const WORK: Texts = [
  ['What is in the way of your work right now?', 'Was steht deiner Arbeit gerade im Weg?'],
  [
    'Which rule costs you more time than it is worth?',
    'Welche Regel kostet dich mehr Zeit, als sie wert ist?',
  ],
  [
    'What went well last week, and what was your part in it?',
    'Was ist letzte Woche gut gelaufen, und was war dein Anteil daran?',
  ],
  ['What are you working on that nobody needs?', 'Woran arbeitest du, das niemand braucht?'],
  ['What should we stop doing?', 'Womit sollten wir aufhören?'],
  ['Where are you waiting for somebody?', 'Wo wartest du auf jemanden?'],
  [
    'What would you finish if you had two undisturbed days?',
    'Was würdest du fertigstellen, wenn du zwei ungestörte Tage hättest?',
  ],
  ['Which decision is overdue?', 'Welche Entscheidung ist überfällig?'],
  [
    'What do you do twice although once would be enough?',
    'Was tust du doppelt, obwohl einmal genügen würde?',
  ],
  ['Which tool would you replace tomorrow?', 'Welches Werkzeug würdest du morgen ersetzen?'],
  [
    'With whom does working together go well at present, and with whom does it not?',
    'Mit wem läuft die Zusammenarbeit zurzeit gut, und mit wem nicht?',
  ],
  ['What surprised you lately?', 'Was hat dich in letzter Zeit überrascht?'],
  ['What do we underestimate?', 'Was unterschätzen wir?'],
  [
    'Which of your goals is not worth the effort any more?',
    'Welches deiner Ziele lohnt den Aufwand nicht mehr?',
  ],
  [
    'What would you do differently if it were your own company?',
    'Was würdest du anders machen, wenn es dein eigenes Unternehmen wäre?',
  ],
  [
    'What do you need to do your best work next week?',
    'Was brauchst du, um nächste Woche deine beste Arbeit zu leisten?',
  ],
];

const SKIP_LEVEL: Texts = [
  ['What should I know that does not reach me?', 'Was sollte ich wissen, das nicht bei mir ankommt?'],
  [
    'Which of our goals do you find convincing, and which not?',
    'Welche unserer Ziele überzeugen dich, und welche nicht?',
  ],
  [
    'What does your team do better than others, and how could they learn it?',
    'Was macht euer Team besser als andere, und wie könnten andere es lernen?',
  ],
  [
    'Which decision of the management made your work harder?',
    'Welche Entscheidung der Leitung hat deine Arbeit erschwert?',
  ],
  [
    'What would you do in my place in the first week?',
    'Was würdest du an meiner Stelle in der ersten Woche tun?',
  ],
  ['Which internal procedure would you abolish?', 'Welches interne Verfahren würdest du abschaffen?'],
  ['How can I support your manager better?', 'Wie kann ich deine Führungskraft besser unterstützen?'],
  [
    'What do customers tell you that we never talk about?',
    'Was erzählen dir Kunden, worüber wir nie sprechen?',
  ],
  ['Where do we say one thing and do another?', 'Wo sagen wir das eine und tun das andere?'],
  [
    'Whose work deserves more attention than it gets?',
    'Wessen Arbeit verdient mehr Aufmerksamkeit, als sie bekommt?',
  ],
  ['What should never change here?', 'Was sollte sich hier nie ändern?'],
  [
    'What would you ask if you could ask me anything?',
    'Was würdest du fragen, wenn du mich alles fragen könntest?',
  ],
  [
    'How do you find out what the company is aiming for?',
    'Wie erfährst du, worauf das Unternehmen hinarbeitet?',
  ],
  ['Which opportunity do we overlook?', 'Welche Chance übersehen wir?'],
  [
    'What did you expect when you started here that turned out differently?',
    'Was hast du bei deinem Start hier erwartet, das anders gekommen ist?',
  ],
  [
    'What would make it easier for you to tell us bad news?',
    'Was würde es dir leichter machen, uns schlechte Nachrichten zu überbringen?',
  ],
];

const LIFE_AND_WORK: Texts = [
  [
    'Which of your own goals does your work serve at present?',
    'Welchem deiner eigenen Ziele dient deine Arbeit zurzeit?',
  ],
  [
    'Which of your own goals does your work stand in the way of?',
    'Welchem deiner eigenen Ziele steht deine Arbeit im Weg?',
  ],
  ['What would you like to have more time for?', 'Wofür hättest du gern mehr Zeit?'],
  [
    'When does your working day end, and when would you like it to end?',
    'Wann endet dein Arbeitstag, und wann soll er enden?',
  ],
  ['What are you looking forward to?', 'Worauf freust du dich?'],
  [
    'Which part of your work means something to you beyond the job?',
    'Welcher Teil deiner Arbeit bedeutet dir über den Beruf hinaus etwas?',
  ],
  [
    'What do you learn outside work that would help us too?',
    'Was lernst du außerhalb der Arbeit, das auch uns helfen würde?',
  ],
  [
    'Which arrangement of working hours or place would suit you better?',
    'Welche Regelung von Arbeitszeit oder Arbeitsort würde besser zu dir passen?',
  ],
  ['When did you last do something for the first time?', 'Wann hast du zuletzt etwas zum ersten Mal getan?'],
  [
    'Which goal did you set aside, and is that still right?',
    'Welches Ziel hast du zurückgestellt, und ist das noch richtig so?',
  ],
  ['What would you like to look back on in ten years?', 'Worauf möchtest du in zehn Jahren zurückblicken?'],
  [
    'Which goal would be easier if we at work knew about it?',
    'Welches Ziel wäre leichter, wenn wir bei der Arbeit davon wüssten?',
  ],
  [
    'What may we at work leave out of consideration when it comes to you?',
    'Was geht uns bei der Arbeit nichts an, wenn es um dich geht?',
  ],
  [
    'What would make the next month lighter for you?',
    'Was würde den nächsten Monat für dich leichter machen?',
  ],
  [
    'Which piece of work would you do without being paid for it?',
    'Welche Arbeit würdest du auch ohne Bezahlung tun?',
  ],
  [
    'What can we change so that work takes up the room in your life that you want to give it?',
    'Was können wir ändern, damit die Arbeit den Platz in deinem Leben einnimmt, den du ihr geben willst?',
  ],
];

const TEXTS: Readonly<Record<QuestionTopic, Texts>> = {
  CUSTOMERS,
  FIRST_CONVERSATION,
  TRUST,
  FEEDBACK_UPWARD,
  CAREER,
  WORK,
  SKIP_LEVEL,
  LIFE_AND_WORK,
};

/**
 * All questions, in the order in which they are offered. New ones are added at the end of their topic: an ID holds the place of its
 * question.
 */
export const QUESTION_BANK: readonly BankQuestion[] = Object.entries(TEXTS).flatMap(([topic, texts]) =>
  texts.map(([en, de], index) => ({
    id: `${topic.toLowerCase().replaceAll('_', '-')}-${String(index + 1)}`,
    topic: topic as QuestionTopic,
    EN: en,
    DE: de,
  })),
);
