import { Driver } from './pulse.model.js';
import { PULSE_QUESTIONS, questionsOfMonth, questionsOfQuarter, textOf } from './question-bank.js';

const drivers = Object.keys(Driver).sort();
const monthsOf = (year: number): string[] =>
  Array.from({ length: 12 }, (_, month) => `${String(year)}-${String(month + 1).padStart(2, '0')}-01`);

describe('the question bank of pulses', () => {
  it('has several questions about each driver in two languages, and a single one for the eNPS', () => {
    const ids = PULSE_QUESTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const texts = PULSE_QUESTIONS.flatMap(({ EN, DE }) => [EN, DE]);
    expect(new Set(texts).size).toBe(texts.length);
    for (const driver of drivers) {
      const about = PULSE_QUESTIONS.filter((one) => one.driver === driver);
      if (driver === 'RECOMMEND') expect(about.map(({ scale }) => scale)).toEqual(['ZERO_TO_TEN']);
      else {
        expect(about.length).toBeGreaterThanOrEqual(3);
        expect(new Set(about.map(({ scale }) => scale))).toEqual(new Set(['ONE_TO_FIVE']));
      }
    }
  });

  it('asks two to four questions a month, and about each driver once in a quarter', () => {
    for (const year of [2026, 2027]) {
      const months = monthsOf(year).map((month) => questionsOfMonth(month));
      for (const questions of months) {
        expect(questions.length).toBeGreaterThanOrEqual(2);
        expect(questions.length).toBeLessThanOrEqual(4);
      }
      for (let first = 0; first < 12; first += 3) {
        const quarter = months.slice(first, first + 3).flat();
        expect(quarter.map(({ driver }) => driver).sort()).toEqual(drivers);
        const whole = questionsOfQuarter(`${String(year)}-${String(first + 1).padStart(2, '0')}-01`);
        expect(whole.map(({ id }) => id).sort()).toEqual(quarter.map(({ id }) => id).sort());
      }
    }
  });

  it('lets the questions about a driver take turns, one a quarter', () => {
    const asked = [...monthsOf(2026), ...monthsOf(2027)].flatMap((month) =>
      questionsOfMonth(month).filter(({ driver }) => driver === 'VOICE'),
    );
    const all = PULSE_QUESTIONS.filter(({ driver }) => driver === 'VOICE').map(({ id }) => id);
    const first = all.indexOf(asked[0]?.id ?? '');
    expect(asked.map(({ id }) => id)).toEqual(
      Array.from({ length: 8 }, (_, quarter) => all[(first + quarter) % all.length]),
    );
  });

  it('finds the text of a question by its ID', () => {
    expect(textOf('voice-1', 'DE')).toBe(
      'Wenn ich sage, was mich bei der Arbeit behindert, ändert sich etwas.',
    );
    expect(() => textOf('voice-99', 'EN')).toThrow('The question bank has no question voice-99.');
  });
});
