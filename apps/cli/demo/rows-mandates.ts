import type pg from 'pg';
import type { Calendar } from './calendar.js';
import { demoId } from './ids.js';
import { HANDOVERS, MANDATES, type DemoHandover, type DemoMandate } from './mandates.js';
import { ORGANIZATION_ID as organization_id, check, personId, type Tables } from './rows.js';
import { LINES, type DemoLine } from './rows-people.js';

/** Mandates and handovers, in the order of insertion. The database creates what only the two of a mandate see. */
export function mandateTables(calendar: Calendar): Tables {
  return {
    mandate: MANDATES.map((mandate) => ({
      id: mandateId(mandate),
      organization_id,
      granted_by_id: personId(mandate.by),
      to_id: personId(mandate.to),
      line_id: lineOf(mandate.to, mandate.by).id,
      text: mandate.text,
      last_day: mandate.lastDay === undefined ? null : calendar.day(mandate.lastDay),
      published: mandate.published === true,
    })),
    handover: HANDOVERS.map((handover) => {
      const { id: line_id, until } = lineOf(handover.by, handover.from);
      check(
        until !== undefined && until <= handover.completed,
        `${handover.by}: completed before the change.`,
      );
      return {
        line_id,
        organization_id,
        person_id: personId(handover.by),
        from_id: personId(handover.from),
        to_id: personId(handover.to),
        opened_on: calendar.day(until ?? 0),
        completed_at: calendar.moment(handover.completed, 'handover', handover.by),
      };
    }),
    handover_offer: HANDOVERS.flatMap((handover) => [
      ...offers(handover, 'PROMISE', handover.promises),
      ...offers(handover, 'MANDATE', handover.mandates),
    ]),
  };
}

function offers(handover: DemoHandover, kind: string, texts: readonly string[]): Tables[string] {
  return texts.map((text, position) => {
    const former = MANDATES.some(
      ({ by, to, ...mandate }) => by === handover.from && to === handover.by && mandate.text === text,
    );
    check(kind === 'PROMISE' || former, `${handover.by}: offers a mandate that there was not.`);
    const taken = MANDATES.find(
      ({ by, to, ...mandate }) => by === handover.to && to === handover.by && mandate.text === text,
    );
    return {
      id: demoId('offer', handover.by, kind, position),
      organization_id,
      line_id: lineOf(handover.by, handover.from).id,
      kind,
      position,
      text,
      mandate_id: kind === 'MANDATE' && taken ? mandateId(taken) : null,
    };
  });
}

/** Sets when each mandate was granted and, of those that are published, who asked; the database sets the present time and nobody. */
export async function settleMandates(client: pg.Client, calendar: Calendar): Promise<void> {
  const own = MANDATES.map((mandate) => ({
    mandate_id: mandateId(mandate),
    granted_at: calendar.moment(mandate.granted, 'mandate', mandate.to, mandate.text),
    asked_by_id: mandate.published === true ? personId(mandate.by) : null,
  }));
  await client.query(
    `update mandate_own o set granted_at = s.granted_at, publication_asked_by_id = s.asked_by_id
     from jsonb_to_recordset($1::jsonb) as s(mandate_id uuid, granted_at timestamptz, asked_by_id uuid)
     where o.mandate_id = s.mandate_id`,
    [JSON.stringify(own)],
  );
}

function mandateId({ by, to, text }: DemoMandate): string {
  return demoId('mandate', by, to, text);
}

function lineOf(report: DemoLine['report'], manager: DemoLine['manager']): DemoLine {
  const found = LINES.find((line) => line.report === report && line.manager === manager);
  if (found === undefined) throw new Error(`${report} has never reported to ${manager}.`);
  return found;
}
